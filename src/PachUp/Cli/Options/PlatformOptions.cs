using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;
using PachUp.Engine.Plans;

namespace PachUp.Cli.Options;

/// <summary><c>--platform</c>, and the options for the place of the clusters on Kubernetes.</summary>
internal sealed class PlatformOptions
{
    private const string Kubernetes = "kubernetes";

    private readonly CommandOption _platform;
    private readonly CommandOption _context;
    private readonly CommandOption _namespace;
    private readonly CommandOption? _targetNamespace;

    private readonly Func<KubernetesReference?> _source;
    private readonly Func<KubernetesReference?> _target;

    /// <param name="command">The command.</param>
    /// <param name="source">The source, if it was named on Kubernetes.</param>
    /// <param name="target">The target, if it was named on Kubernetes.</param>
    public PlatformOptions(CommandLineApplication command, Func<KubernetesReference?>? source = null, Func<KubernetesReference?>? target = null)
        : this(command, "How the clusters are deployed: external, kubernetes, or a platform of a plugin. Default: the plan's, else external.", source)
    {
        _target = target ?? (() => null);
        _targetNamespace = command.Value("--target-namespace <NAME>", "The namespace of the target, for a migration side by side. Implies --platform kubernetes.");
    }

    private PlatformOptions(CommandLineApplication command, string platform, Func<KubernetesReference?>? source)
    {
        (_source, _target) = (source ?? (() => null), () => null);
        _platform = command.Value("--platform <NAME>", platform);
        _context = command.Value("--kube-context <NAME>", "The context in the kubeconfig. Implies --platform kubernetes.");
        _namespace = command.Value("--namespace <NAME>", "The namespace of Pachyderm. Default: the namespace of the context. Implies --platform kubernetes.");
    }

    /// <summary>The options of a command that works with one cluster.</summary>
    /// <param name="command">The command.</param>
    /// <param name="cluster">The cluster, if it was named on Kubernetes.</param>
    public static PlatformOptions ForOne(CommandLineApplication command, Func<KubernetesReference?> cluster) =>
        new(command, "How the cluster is deployed: external, kubernetes, or a platform of a plugin. Default: external.", cluster);

    /// <summary>The platform; null for the plan's own.</summary>
    public string? Platform => _platform.Value() ?? (Arguments.Any() || _source() is not null || _target() is not null ? Kubernetes : null);

    /// <summary>The settings of the platform for both clusters.</summary>
    public ImmutableSortedDictionary<string, string> Settings => Given(("context", _context.Value() ?? _source()?.Context), ("namespace", _namespace.Value() ?? _source()?.Namespace));

    /// <summary>The settings of the platform for the target only.</summary>
    public ImmutableSortedDictionary<string, string> TargetSettings => Given(("context", _target()?.Context), ("namespace", _targetNamespace?.Value() ?? _target()?.Namespace));

    /// <summary>The options as given, for commands that the user can copy.</summary>
    public IEnumerable<string> Arguments => new[] { _platform, _context, _namespace, _targetNamespace }
        .OfType<CommandOption>()
        .Where(option => option.HasValue())
        .SelectMany(option => new[] { $"--{option.LongName}", option.Value()! });

    /// <summary>The options for the platform settings in overrides.</summary>
    public static IEnumerable<string> ArgumentsFor(PlanOverrides overrides) =>
    [
        .. PlanArguments.Option("--kube-context", overrides.Settings.GetValueOrDefault("context")),
        .. PlanArguments.Option("--namespace", overrides.Settings.GetValueOrDefault("namespace")),
        .. PlanArguments.Option("--target-namespace", overrides.TargetSettings.GetValueOrDefault("namespace")),
    ];

    private static ImmutableSortedDictionary<string, string> Given(params IEnumerable<(string Name, string? Value)> settings) =>
        settings.Where(setting => setting.Value is not null).ToImmutableSortedDictionary(setting => setting.Name, setting => setting.Value!);
}
