using PachUp.Common.Files;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Fencing;

/// <summary>
/// Remembers in the directory of a run which fence the run has put up, so that what the run deploys behind the fence is closed from the beginning.
/// Undeploying deletes the services, and with them the marks of the fence.
/// </summary>
internal static class FenceRecord
{
    /// <summary>The name of the fence that the run has put up; null for none.</summary>
    public static string? TryRead(IStepExecution execution) => JsonFile.TryRead<string>(PathOf(execution));

    /// <summary>Remembers a fence, before it is put up.</summary>
    public static void Write(IStepExecution execution, string fence) => JsonFile.Write(PathOf(execution), fence);

    /// <summary>Forgets the fence, after it was taken down.</summary>
    public static void Remove(IStepExecution execution) => PrivateFile.Delete(PathOf(execution));

    private static string PathOf(IStepExecution execution) => Path.Combine(execution.RunDirectory, "fence.json");
}
