using PachUp.Pachyderm;

namespace PachUp.Sandbox.Server.Pps;

/// <summary>The differences between releases in how they handle pipelines and jobs.</summary>
internal sealed record PpsTraits
{
    private static readonly ReleaseLine V1_8 = new(1, 8);
    private static readonly ReleaseLine V1_9 = new(1, 9);
    private static readonly ReleaseLine V1_10 = new(1, 10);
    private static readonly ReleaseLine V1_11 = new(1, 11);
    private static readonly ReleaseLine V1_12 = new(1, 12);
    private static readonly ReleaseLine V1_13 = new(1, 13);

    /// <summary>The rule for names. Releases whose names must begin with a letter or digit also refuse ancestry characters in them.</summary>
    public required PipelineNameRule NameRule { get; init; }

    /// <summary>Whether the server checks requests for missing parts; otherwise it crashes on them.</summary>
    public bool ChecksRequests { get; init; }

    /// <summary>Whether the server checks <c>hashtree_spec</c>, <c>pod_spec</c> and <c>pod_patch</c>: from 1.8 on.</summary>
    public bool ChecksPodSettings { get; init; }

    /// <summary>Whether a spec may have no input, as spouts have none: from 1.8 on.</summary>
    public bool AllowsNoInput { get; init; }

    /// <summary>Whether a spec keeps <c>incremental</c> and drops <c>hashtree_spec</c>: until 1.7.</summary>
    public bool IsIncremental { get; init; }

    /// <summary>Whether a spec keeps <c>batch</c>.</summary>
    public bool KeepsBatch { get; init; }

    /// <summary>Whether the output branch of a spout has no provenance, not even its spec.</summary>
    public bool CutsOffSpouts { get; init; }

    /// <summary>Whether a stopped pipeline has no provenance after an update; otherwise the update restores it.</summary>
    public bool UpdateLeavesStopped { get; init; }

    /// <summary>
    /// Whether starting a pipeline writes the spec before it restores the provenance of the output branch; otherwise the new spec starts another output
    /// commit.
    /// </summary>
    public bool WritesSpecBeforeStart { get; init; }

    /// <summary>Whether a job has the times of its output commit, and lists show it whole unless the request says otherwise: until 1.7.</summary>
    public bool TakesJobTimesFromCommits { get; init; }

    /// <summary>Whether a service has a type: from 1.9 on.</summary>
    public bool HasServiceTypes { get; init; }

    /// <summary>Whether the update of a missing pipeline creates it: from 1.8 on.</summary>
    public bool UpdateCreates { get; init; }

    /// <summary>Whether lists of pipelines and jobs take a number of earlier specs, and refuse a missing pipeline: from 1.9 on.</summary>
    public bool ListsByHistory { get; init; }

    /// <summary>Whether deleting a missing pipeline succeeds.</summary>
    public bool DeletesUnknownPipelines { get; init; }

    /// <summary>Whether the spec commit of an inspected pipeline has the number of steps back, even if that is 0: until 1.8.</summary>
    public bool CountsStepsToSpec { get; init; }

    /// <summary>Whether an input may be of the kind <c>atom</c>: until 1.8.</summary>
    public bool HasAtomInputs { get; init; }

    /// <summary>Whether the name of a cron tick's file is its time (from 1.8 on); otherwise the content is.</summary>
    public bool NamesTicksByTime { get; init; }

    /// <summary>Whether a new monitor of a cron input deletes an open head of the branch: from 1.8 on.</summary>
    public bool DeletesOpenTicks { get; init; }

    /// <summary>Whether the server starts monitors for the cron inputs of stopped pipelines too: from 1.9.2 on.</summary>
    public bool MonitorsStoppedCrons { get; init; }

    /// <summary>Whether stopping a pipeline ends the monitors of its cron inputs. See <see cref="ReleaseTraits.StopEndsTicks"/>.</summary>
    public bool StopEndsTicks { get; init; }

    /// <summary>Whether workers write the tree of a commit in parts, with a list of its datums (from 1.8 on); otherwise as one tree.</summary>
    public bool WritesOutputInParts { get; init; }

    /// <summary>Whether a spec has metadata, an S3 output and limits for the sidecar. See <see cref="ReleaseTraits.HasPipelineMetadata"/>.</summary>
    public bool HasMetadata { get; init; }

    /// <summary>Whether a spec without resource requests gets one of the size of its cache: until 1.9.</summary>
    public bool RequestsCacheMemory { get; init; }

    /// <summary>Whether a spout that is not a service may have an input. See <see cref="ReleaseTraits.AllowsSpoutInputs"/>.</summary>
    public bool AllowsSpoutInputs { get; init; }

    /// <summary>Whether an inspected pipeline has the number of workers that it asks for: from 1.11 on.</summary>
    public bool ShowsWorkers { get; init; }

    /// <summary>Whether a list may contain pipelines whose spec cannot be read, and the error otherwise names the pipeline: from 1.11 on.</summary>
    public bool ListsIncomplete { get; init; }

    /// <summary>Whether the error for a missing job shows its key without the root of the keys in etcd: from 1.11 on.</summary>
    public bool ShortensJobKeys { get; init; }

    /// <summary>Whether inputs may be groups, and may have triggers: from 1.12 on.</summary>
    public bool HasGroups { get; init; }

    /// <summary>Whether a pipeline is created in one transaction, with its spec on a branch of its own that is then deleted: from 1.12 on.</summary>
    public bool CreatesAtOnce { get; init; }

    /// <summary>Whether a spec says what is processed again, and whether its workers are scaled: from 1.13 on.</summary>
    public bool HasReprocessSpecs { get; init; }

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
            MonitorsStoppedCrons = !ReleaseTraits.Of(release).RestartEndsTicks,
            StopEndsTicks = ReleaseTraits.Of(release).StopEndsTicks,
            WritesOutputInParts = release.Line >= V1_8,
            HasMetadata = ReleaseTraits.Of(release).HasPipelineMetadata,
            RequestsCacheMemory = release.Line < V1_10,
            AllowsSpoutInputs = ReleaseTraits.Of(release).AllowsSpoutInputs,
            HasGroups = release.Line >= V1_12,
            CreatesAtOnce = release.Line >= V1_12,
            HasReprocessSpecs = release.Line >= V1_13,
            ShowsWorkers = release.Line >= V1_11,
            ListsIncomplete = release.Line >= V1_11,
            ShortensJobKeys = release.Line >= V1_11,
        };
    }
}
