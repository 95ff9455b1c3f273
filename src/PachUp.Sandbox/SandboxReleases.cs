using PachUp.Pachyderm;

namespace PachUp.Sandbox;

/// <summary>The releases that a sandbox can behave as: those whose behaviour was recorded.</summary>
public static class SandboxReleases
{
    /// <summary>From the oldest to the newest.</summary>
    public static IReadOnlyList<Release> All { get; } =
        [new(1, 7, 14), new(1, 8, 7), new(1, 8, 8), new(1, 9, 0), new(1, 9, 12)];
}
