namespace PachUp.Plugins.Kubernetes.Connections;

/// <summary>The environment of a Job, see <c>job.yaml</c>.</summary>
internal static class JobEnvironment
{
    /// <summary>The context of the kubeconfig that uses the service account of the Job.</summary>
    public const string Context = "in-cluster";

    /// <summary>The variable with the name of the API server on the machine that started the Job.</summary>
    public const string ServerVariable = "PACHUP_KUBERNETES_SERVER";

    /// <summary>The variable with the name of the context on the machine that started the Job.</summary>
    public const string ContextVariable = "PACHUP_KUBERNETES_CONTEXT";

    /// <summary>The variable with the path of pachctl's config file.</summary>
    public const string PachConfigVariable = "PACH_CONFIG";

    /// <summary>The directory for runs.</summary>
    public const string StateDirectory = "/state";

    /// <summary>The directory of the plan file and of the kubeconfig.</summary>
    public const string FilesDirectory = "/etc/pachup";

    /// <summary>The directory of the files that only this user may read.</summary>
    public const string SecretFilesDirectory = "/etc/pachup-secrets";

    /// <summary>
    /// The name of the API server on the machine that started this Job; null if this is not a Job. Inside a cluster the server has another address,
    /// but the
    /// plan must name its clusters as in the plan that was shown.
    /// </summary>
    public static string? ServerOutside => ValueOf(ServerVariable);

    /// <summary>The name of the context on the machine that started this Job, which people know; null if this is not a Job or there is no context.</summary>
    public static string? ContextOutside => ValueOf(ContextVariable);

    private static string? ValueOf(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
