using PachUp.Pachyderm;

namespace PachUp.Sandbox.Server.Pps;

/// <summary>What releases do differently with pipelines and jobs.</summary>
internal sealed record PpsTraits
{
    private static readonly ReleaseLine V1_8 = new(1, 8);
    private static readonly ReleaseLine V1_9 = new(1, 9);

    /// <summary>What is asked of names. Beginning with a letter or digit comes with holding nothing of the ancestry syntax.</summary>
    public required PipelineNameRule NameRule { get; init; }

    /// <summary>Whether a request is looked at for missing parts before these are followed.</summary>
    public bool ChecksRequests { get; init; }

    /// <summary>Whether <c>hashtree_spec</c>, <c>pod_spec</c> and <c>pod_patch</c> are looked at: from 1.8 on.</summary>
    public bool ChecksPodSettings { get; init; }

    /// <summary>Whether a spec may have no input at all, as spouts do: from 1.8 on.</summary>
    public bool AllowsNoInput { get; init; }

    /// <summary>Whether a spec keeps <c>incremental</c> and forgets <c>hashtree_spec</c>: until 1.7.</summary>
    public bool IsIncremental { get; init; }

    /// <summary>Whether a spec keeps <c>batch</c>.</summary>
    public bool KeepsBatch { get; init; }

    /// <summary>Whether the output branch of a spout is computed from nothing, not even from its spec.</summary>
    public bool CutsOffSpouts { get; init; }

    /// <summary>Whether an update leaves a stopped pipeline cut off from its inputs; otherwise its output branch is computed from them again.</summary>
    public bool UpdateLeavesStopped { get; init; }

    /// <summary>
    /// Whether starting a pipeline writes its spec before it joins the output branch to its inputs again; otherwise the new spec starts an
    /// output commit of its own.
    /// </summary>
    public bool WritesSpecBeforeStart { get; init; }

    /// <summary>Whether a job began and ended when its output commit did, and is listed whole unless the client asks for less: until 1.7.</summary>
    public bool TakesJobTimesFromCommits { get; init; }

    /// <summary>Whether a service has a type: from 1.9 on.</summary>
    public bool HasServiceTypes { get; init; }

    /// <summary>Whether an update of a pipeline that is not there makes it: from 1.8 on.</summary>
    public bool UpdateCreates { get; init; }

    /// <summary>Whether pipelines and jobs can be listed by the history of their specs, and a pipeline that is named has to be there: from 1.9 on.</summary>
    public bool ListsByHistory { get; init; }

    /// <summary>Whether deleting a pipeline that is not there succeeds.</summary>
    public bool DeletesUnknownPipelines { get; init; }

    /// <summary>Whether an inspected pipeline names its spec commit with the number of steps back to it, even where that is 0: until 1.8.</summary>
    public bool CountsStepsToSpec { get; init; }

    /// <summary>Whether an input may be of the kind <c>atom</c>: until 1.8.</summary>
    public bool HasAtomInputs { get; init; }

    /// <summary>Whether a cron tick is a file that is named by its moment (from 1.8 on) and not one that holds it.</summary>
    public bool NamesTicksByTime { get; init; }

    /// <summary>Whether the monitor of a cron input deletes the head of its branch when it begins and the head is open: from 1.8 on.</summary>
    public bool DeletesOpenTicks { get; init; }

    /// <summary>Whether the monitor of a cron input begins for a stopped pipeline too, as when the server starts: in 1.9.6 and later.</summary>
    public bool MonitorsStoppedCrons { get; init; }

    /// <summary>Whether workers leave the files of a commit in parts and note its datums (from 1.8 on) and not as one tree.</summary>
    public bool WritesOutputInParts { get; init; }

    public static PpsTraits Of(Release release)
    {
        var isLate = ReleaseTraits.Of(release).ExtractsOutputs;
        return new PpsTraits
        {
            NameRule = ReleaseTraits.Of(release).PipelineNames,
            ChecksRequests = isLate,
            ChecksPodSettings = release.Line >= V1_8,
            AllowsNoInput = release.Line >= V1_8,
            IsIncremental = release.Line < V1_8,
            KeepsBatch = !isLate,
            CutsOffSpouts = isLate,
            UpdateLeavesStopped = isLate,
            WritesSpecBeforeStart = isLate,
            TakesJobTimesFromCommits = release.Line < V1_8,
            HasServiceTypes = release.Line >= V1_9,
            UpdateCreates = release.Line >= V1_8,
            ListsByHistory = release.Line >= V1_9,
            DeletesUnknownPipelines = isLate,
            CountsStepsToSpec = release.Line < V1_9,
            HasAtomInputs = release.Line < V1_9,
            NamesTicksByTime = release.Line >= V1_8,
            DeletesOpenTicks = release.Line >= V1_8,
            MonitorsStoppedCrons = isLate,
            WritesOutputInParts = release.Line >= V1_8,
        };
    }
}
