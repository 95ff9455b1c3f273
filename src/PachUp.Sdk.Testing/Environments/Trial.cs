using System.Collections.Immutable;
using PachUp.Pachyderm;
using PachUp.Sandbox;

namespace PachUp.Sdk.Testing.Environments;

/// <summary>What is tried: a plugin, the plan that uses it, and the clusters between which the plan is carried out.</summary>
internal sealed record Trial
{
    /// <summary>What stands for the folder of a run in <see cref="Set"/>.</summary>
    public const string ScratchFolder = "{scratch}";

    /// <summary>The folder of the built plugin.</summary>
    public required string Folder { get; init; }

    /// <summary>The folders of other built plugins whose steps the plan uses.</summary>
    public ImmutableArray<string> OtherFolders { get; init; } = [];

    /// <summary>The plan; null where only the plugin itself is looked at.</summary>
    public string? Plan { get; init; }

    /// <summary>The release of the source; null for the oldest that the plan accepts.</summary>
    public Release? From { get; init; }

    /// <summary>The release of the target; null for the plan's own.</summary>
    public Release? To { get; init; }

    /// <summary>Fills the source.</summary>
    public required Func<SandboxCluster, Task> FillSourceAsync { get; init; }

    /// <summary>Values of parameters of the plan, each <c>name=value</c>.</summary>
    public ImmutableArray<string> Set { get; init; } = [];

    /// <summary>Behind how many records of its journal a run is interrupted; null for every single one.</summary>
    public int? Interruptions { get; init; }

    /// <summary>How many operations the larger of two streams has that a rewriter is given.</summary>
    public int StreamedOperations { get; init; }
}
