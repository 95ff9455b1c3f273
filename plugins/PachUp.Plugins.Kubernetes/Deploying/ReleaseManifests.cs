using System.Text;
using System.Text.Json.Nodes;
using PachUp.Pachyderm;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Deploying;

/// <summary>Converts the saved manifests of one release to another: images, version, environment, ports, and the access to the bucket.</summary>
internal sealed class ReleaseManifests(Release target)
{
    private const string StorageSecret = "pachyderm-storage-secret";
    private const int FirstNodePort = 30000;
    private const int S3GatewayPort = 600;
    private const string OidcPort = "oidc-port";
    private const string PachdVersion = "PACHD_VERSION";
    private const string PachdCommand = "/pachd";
    private const string MetricsPort = "prometheus.io/port";

    private readonly DeploymentTraits _traits = DeploymentTraits.Of(target);

    /// <summary>The manifests of the target's release.</summary>
    /// <exception cref="StepFailedException">The release needs objects that the saved deployment does not have, or its manifests are not known.</exception>
    public DeploymentManifests From(DeploymentManifests saved)
    {
        if (_traits.WorkerAccount is { } account && saved.Find("ServiceAccount", account) is null)
        {
            throw Refused($"{target} needs objects that it does not have, such as the service account \"{account}\" of the workers");
        }

        if (target.Line > DeploymentTraits.LastKnownLine && LineOf(saved) != target.Line)
        {
            throw Refused($"{target} differs from {DeploymentTraits.LastKnownLine} and earlier in ways that PachUp does not know");
        }

        return new DeploymentManifests(saved.Objects.Select(value => Adapt(value.Copy())));
    }

    private StepFailedException Refused(string why) => StepFailedException.Refused(
        $"PachUp cannot make the manifests of {target} from the present deployment: {why}",
        $"Give the arguments of \"pachctl deploy\" of {target} in the plan's cluster (pachctl: ARGS, with pachctlPath), or your own manifests "
        + "(manifests: DIR).");

    /// <summary>The line that a saved deployment says it is of; null if it does not.</summary>
    private static ReleaseLine? LineOf(DeploymentManifests saved) =>
        saved.Find("Deployment", "pachd")?.PodSpec().Items("containers")
            .SelectMany(container => container.Items("env"))
            .Where(variable => variable.Text("name") == PachdVersion)
            .Select(variable => Release.TryParse(variable.Text("value"), out var release) ? release.Line : (ReleaseLine?)null)
            .FirstOrDefault();

    private JsonObject Adapt(JsonObject value)
    {
        if (DeployedKinds.Workloads.Contains(value.Kind()))
        {
            AdaptWorkload(value);
        }
        else if (value.Kind() == "Service" && value.Name() == "pachd")
        {
            AdaptPorts(value.Spec());
            AdaptMetricsPort(value);
        }
        else if (value.Kind() == "Secret" && value.Name() == StorageSecret)
        {
            AdaptSecret(value);
        }

        return value;
    }

    private void AdaptWorkload(JsonObject workload)
    {
        foreach (var container in workload.PodSpec().Items("containers"))
        {
            container["image"] = ImageOf(container.Text("image"));
            if (container.Text("name") == "pachd")
            {
                AdaptPachd(container);
            }
        }
    }

    private void AdaptPachd(JsonObject container)
    {
        foreach (var variable in container.Items("env"))
        {
            variable["value"] = variable.Text("name") switch
            {
                PachdVersion => target.ToString(),
                "WORKER_IMAGE" or "WORKER_SIDECAR_IMAGE" => ImageOf(variable.Text("value")),
                "STORAGE_BACKEND" when _traits.ReachesMinioAsAmazon && variable.Text("value") == "MINIO" => "AMAZON",
                _ => variable["value"]?.DeepClone(),
            };
            if (variable["value"] is null)
            {
                variable.Remove("value");
            }
        }

        AddVariables(container);
        foreach (var port in container.Items("ports").Where(port => port.Text("name") == "api-git-port"))
        {
            port["containerPort"] = _traits.GitPort;
        }

        if (_traits.NamesItsCommand && container["command"] is null)
        {
            container["command"] = new JsonArray(PachdCommand);
        }

        if (_traits.OidcPort is { } oidc && container["ports"] is JsonArray ports && container.Items("ports").All(port => port.Text("name") != OidcPort))
        {
            ports.Add(new JsonObject { ["name"] = OidcPort, ["containerPort"] = oidc, ["protocol"] = "TCP" });
        }
    }

    private void AddVariables(JsonObject container)
    {
        var variables = container["env"] as JsonArray ?? [];
        var known = container.Items("env").Select(variable => variable.Text("name")).ToHashSet();
        foreach (var key in _traits.SecretKeys.Where(key => known.Add(VariableOf(key))))
        {
            variables.Add(FromSecret(key));
        }

        if (_traits.KnowsItsMemory && known.Add("PACHD_MEMORY_REQUEST"))
        {
            variables.Add(MemoryRequest());
        }

        foreach (var (name, content) in _traits.Values.Where(value => known.Add(value.Name)))
        {
            variables.Add(new JsonObject { ["name"] = name, ["value"] = content });
        }

        foreach (var (name, field) in _traits.PodFields.Where(value => known.Add(value.Name)))
        {
            variables.Add(FromPod(name, field));
        }
    }

    private void AdaptMetricsPort(JsonObject service)
    {
        if (service.Annotation(MetricsPort).Length > 0)
        {
            service.Metadata().Child("annotations")[MetricsPort] = $"{_traits.MetricsPort}";
        }
    }

    private void AdaptSecret(JsonObject secret)
    {
        if (secret["data"] is not JsonObject data)
        {
            return;
        }

        if (_traits.ReachesMinioAsAmazon)
        {
            ReachMinioAsAmazon(data);
        }

        if (data.ContainsKey("amazon-bucket"))
        {
            foreach (var (key, content) in DeploymentTraits.AmazonDefaults.Where(value => _traits.SecretKeys.Contains(value.Key)))
            {
                data[key] ??= Convert.ToBase64String(Encoding.UTF8.GetBytes(content));
            }
        }
    }

    private static string VariableOf(string key) => key.ToUpperInvariant().Replace('-', '_');

    private static JsonObject FromSecret(string key) => new()
    {
        ["name"] = VariableOf(key),
        ["valueFrom"] = new JsonObject { ["secretKeyRef"] = new JsonObject { ["name"] = StorageSecret, ["key"] = key, ["optional"] = true } },
    };

    private static JsonObject FromPod(string name, string field) => new()
    {
        ["name"] = name,
        ["valueFrom"] = new JsonObject { ["fieldRef"] = new JsonObject { ["apiVersion"] = "v1", ["fieldPath"] = field } },
    };

    private static JsonObject MemoryRequest() => new()
    {
        ["name"] = "PACHD_MEMORY_REQUEST",
        ["valueFrom"] = new JsonObject
        {
            ["resourceFieldRef"] = new JsonObject { ["containerName"] = "pachd", ["resource"] = "requests.memory", ["divisor"] = "0" },
        },
    };

    private void AdaptPorts(JsonObject spec)
    {
        // Two Pachyderms in one Kubernetes cannot both have the node ports of "pachctl deploy". Where they were changed, Kubernetes chooses new ones.
        var hasDefaultPorts = spec.Items("ports").Any(port => port.Number("nodePort") == FirstNodePort + port.Number("port"));
        foreach (var port in spec.Items("ports").Where(port => port.Text("name") == "api-git-port" && port.Number("port") != _traits.GitPort))
        {
            port["port"] = _traits.GitPort;
            port["targetPort"] = _traits.GitPort;
            if (hasDefaultPorts)
            {
                port["nodePort"] = FirstNodePort + _traits.GitPort;
            }
        }

        if (_traits.HasS3Gateway)
        {
            AddPort(spec, "s3gateway-port", S3GatewayPort, hasDefaultPorts);
        }

        if (_traits.OidcPort is { } oidc)
        {
            AddPort(spec, OidcPort, oidc, hasDefaultPorts);
        }
    }

    private static void AddPort(JsonObject spec, string name, int number, bool hasDefaultPorts)
    {
        if (spec.Items("ports").Any(port => port.Text("name") == name))
        {
            return;
        }

        var port = new JsonObject { ["name"] = name, ["protocol"] = "TCP", ["port"] = number, ["targetPort"] = number };
        if (hasDefaultPorts)
        {
            port["nodePort"] = FirstNodePort + number;
        }

        (spec["ports"] as JsonArray)?.Add(port);
    }

    private string ImageOf(string image)
    {
        var colon = image.LastIndexOf(':');
        var repository = colon > image.LastIndexOf('/') ? image[..colon] : image;
        return repository[(repository.LastIndexOf('/') + 1)..] switch
        {
            "pachd" or "worker" => $"{repository}:{target}",
            "dash" => $"{repository}:{_traits.Dash}",
            "grpc-proxy" => $"{repository}:{_traits.GrpcProxy}",
            _ => image,
        };
    }

    private static void ReachMinioAsAmazon(JsonObject data)
    {
        if (!data.ContainsKey("minio-endpoint"))
        {
            return;
        }

        var names = new Dictionary<string, string>
        {
            ["minio-bucket"] = "amazon-bucket",
            ["minio-id"] = "amazon-id",
            ["minio-secret"] = "amazon-secret",
            ["minio-endpoint"] = "custom-endpoint",
        };
        foreach (var (before, after) in names)
        {
            data[after] ??= data[before]?.DeepClone();
        }

        data["amazon-region"] ??= Convert.ToBase64String("us-east-1"u8);
        data["amazon-distribution"] ??= "";
        data["amazon-token"] ??= "";
        foreach (var name in data.Select(entry => entry.Key).Where(name => name.StartsWith("minio-", StringComparison.Ordinal)).ToList())
        {
            data.Remove(name);
        }
    }
}
