using System.Collections.Immutable;

namespace PachUp.Sdk.Platforms;

/// <summary>A process beside the clusters.</summary>
public sealed class RemoteProcess
{
    /// <summary>Its name in the platform's own tools.</summary>
    public required string Name { get; init; }

    /// <summary>Where it runs, for the user: <c>namespace "default"</c>.</summary>
    public required string Place { get; init; }

    /// <summary>The plan's settings for the cluster beside which it runs.</summary>
    public required ImmutableSortedDictionary<string, string> Settings { get; init; }

    /// <summary>The name of its plan; empty if it is not known.</summary>
    public required string PlanName { get; init; }

    /// <summary>The hash of its plan; empty if it continues a run.</summary>
    public required string PlanHash { get; init; }

    /// <summary>Its image.</summary>
    public required string Image { get; init; }

    /// <summary>Whether it runs or is about to run.</summary>
    public required bool IsActive { get; init; }

    /// <summary>How to stop it so that the run can be resumed.</summary>
    public ImmutableArray<RemoteAdvice> HowToStop { get; init; } = [];

    /// <summary>How to fetch the files of its runs.</summary>
    public ImmutableArray<RemoteAdvice> HowToFetch { get; init; } = [];

    /// <summary>How to remove everything that was created for it.</summary>
    public ImmutableArray<RemoteAdvice> HowToRemove { get; init; } = [];
}

/// <summary>Commands of the platform's own tools.</summary>
/// <param name="purpose">What the commands are for, ending with a colon.</param>
/// <param name="commands">The commands, each as a list of words.</param>
public sealed class RemoteAdvice(string purpose, params ImmutableArray<ImmutableArray<string>> commands)
{
    /// <summary>What the commands are for, ending with a colon.</summary>
    public string Purpose => purpose;

    /// <summary>The commands, each as a list of words.</summary>
    public ImmutableArray<ImmutableArray<string>> Commands => commands;
}

/// <summary>How a process beside the clusters ended.</summary>
/// <param name="exitCode">Its exit code; null if it did not end by itself.</param>
/// <param name="reason">Why it ended if not by itself; otherwise empty.</param>
public sealed class RemoteEnd(int? exitCode, string reason = "")
{
    /// <summary>Its exit code; null if it did not end by itself.</summary>
    public int? ExitCode => exitCode;

    /// <summary>Why it ended if not by itself; otherwise empty.</summary>
    public string Reason => reason;
}
