using System.Text;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Plugins.Kubernetes.Manifests;

namespace PachUp.Plugins.Kubernetes.Deploying;

/// <summary>Lets a deployment use another bucket, with the credentials that it has.</summary>
internal static class OtherBucket
{
    public static DeploymentManifests In(DeploymentManifests manifests, string bucket)
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(bucket));
        var copies = manifests.Objects.Select(value => value.Copy()).ToList();
        foreach (var data in copies.Where(value => value.Kind() == "Secret").Select(secret => secret.Child("data")))
        {
            foreach (var name in data.Select(entry => entry.Key).Where(name => name.EndsWith("-bucket", StringComparison.Ordinal) || name == "microsoft-container").ToList())
            {
                data[name] = encoded;
            }
        }

        return new DeploymentManifests(copies);
    }
}
