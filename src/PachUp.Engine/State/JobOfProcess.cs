using PachUp.Sdk.Platforms;

namespace PachUp.Engine.State;

/// <summary>The job of a platform that this process is part of, from the environment that the platform has set.</summary>
public static class JobOfProcess
{
    /// <summary>Its name, <c>namespace/name</c>; empty if this process is not part of a job.</summary>
    public static string Name => Environment.GetEnvironmentVariable(RemoteRun.JobVariable) ?? "";

    /// <summary>An id that no other job has; null if this process is not part of a job.</summary>
    public static string? Id => Environment.GetEnvironmentVariable(RemoteRun.JobIdVariable) is { Length: > 0 } id ? id : null;

    /// <summary>Whether the files of a run of another job are those that this job has: the jobs of a namespace share them.</summary>
    internal static bool SharesFilesWith(string job) => job.Length > 0 && NamespaceOf(job) == NamespaceOf(Name);

    /// <summary>The namespace of a job.</summary>
    internal static string NamespaceOf(string job) => job.Split('/')[0];
}
