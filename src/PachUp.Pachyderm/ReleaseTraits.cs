namespace PachUp.Pachyderm;

/// <summary>The differences between releases of pachd. Facts about a pair of lines belong to the plugin of that pair.</summary>
public sealed record ReleaseTraits
{
    private static readonly Release FirstToSpeakV1_8 = new(1, 8, 1);
    private static readonly ReleaseLine Line1_7 = new(1, 7);
    private static readonly Release FirstWithLabelNames = new(1, 8, 3);
    private static readonly Release FirstToTickWhenStopped = new(1, 7, 12);
    private static readonly Release FirstToMonitorStopped = new(1, 9, 2);
    private static readonly Release FirstWithDirectoryHeaders = new(1, 7, 10);
    private static readonly ReleaseLine Line1_8 = new(1, 8);
    private static readonly Release V1_8_8 = new(1, 8, 8);
    private static readonly ReleaseLine Line1_9 = new(1, 9);
    private static readonly Release FirstOf1_9 = new(1, 9, 0);
    private static readonly ReleaseLine Line1_10 = new(1, 10);
    private static readonly ReleaseLine Line1_11 = new(1, 11);
    private static readonly ReleaseLine Line1_12 = new(1, 12);
    private static readonly ReleaseLine Line1_13 = new(1, 13);
    private static readonly Release FirstToExtractBlocks = new(1, 9, 6);
    private static readonly Release FirstWithExtendedGlobs = new(1, 9, 1);
    private static readonly Release FirstWithGroupsOfAllText = new(1, 9, 4);
    private static readonly Release FirstWithExtendedGlobCharacters = new(1, 9, 8);

    /// <summary>The release.</summary>
    public required Release Release { get; init; }

    /// <summary>The generation of the operations that it sends, which is also the newest that it accepts.</summary>
    public required OperationGeneration Generation { get; init; }

    /// <summary>Whether it has <c>pfs.API/Fsck</c>: from 1.8.1 on.</summary>
    public bool HasFsck { get; init; }

    /// <summary>
    /// Whether fsck is safe. It is on 1.9.12, which reports errors. 1.8.7 to 1.9.0 crash on some
    /// metadata.
    /// </summary>
    public bool HasSafeFsck { get; init; }

    /// <summary>
    /// Whether <c>BuildCommit</c> accepts <c>trees</c>, <c>datums</c> and <c>size_bytes</c>, and the size is 0 without them: from 1.9.6 on.
    /// </summary>
    public bool BuildsCommitsWhole { get; init; }

    /// <summary>Whether <c>ListObjects</c> returns <c>ObjectInfo</c> (from 1.9.6 on) instead of <c>Object</c>.</summary>
    public bool ListsObjectInfos { get; init; }

    /// <summary>Whether an extract contains output repos, and objects as blocks: from 1.9.6 on.</summary>
    public bool ExtractsOutputs { get; init; }

    /// <summary>Whether an extract contains the salts of pipelines: in 1.7, in 1.8.8 and from 1.9.6 on.</summary>
    public bool ExtractsSalts { get; init; }

    /// <summary>Whether operations that already arrived can safely be sent again: up to 1.9.5. Later releases then lose commits.</summary>
    public bool RestoresTwice { get; init; }

    /// <summary>Whether <c>ListJob</c> has <c>history</c>, without which it lists only the jobs of the newest pipeline versions: from 1.9 on.</summary>
    public bool ListsJobsByHistory { get; init; }

    /// <summary>Whether the names of branches and pipelines, like those of repos, must match <c>[a-zA-Z0-9_-]+</c>: from 1.9 on.</summary>
    public bool RestrictsBranchNames { get; init; }

    /// <summary>
    /// The rule for names of pipelines. From 1.8.3 on, they must be valid in Kubernetes. 1.9.12 also requires a letter or digit at the start, 1.9.0 does
    /// not. The first release with this rule is unknown, so it is assumed for all releases after 1.9.0.
    /// </summary>
    public PipelineNameRule PipelineNames { get; init; }

    /// <summary>
    /// The characters that make the path in a call a pattern. put-file refuses paths with these characters. From 1.9.8 on, they include
    /// <c>( ) @ + ^</c>. In a pattern, a backslash before a character makes it literal.
    /// </summary>
    public string GlobCharacters { get; init; } = "";

    /// <summary>
    /// Whether <c>( ) @ + ^ |</c> are special in patterns: from 1.9.1 on. Paths in commits of workers are always read as patterns, so for them this matters
    /// before 1.9.8 too.
    /// </summary>
    public bool HasExtendedGlobs { get; init; }

    /// <summary>Whether <c>{...}</c> in a pattern works in a path with characters beyond ASCII: from 1.9.4 on. The earlier library counts them wrongly.</summary>
    public bool GroupsMatchAllText { get; init; }

    /// <summary>Whether a directory can have a header and a footer for all its files: from 1.7.10 to the end of 1.7.</summary>
    public bool HasDirectoryHeaders { get; init; }

    /// <summary>
    /// Whether it converts the trees of commits in operations of 1.7 to its own format: from 1.8.1 on. 1.8.0 has the generation of 1.7 and accepts such
    /// operations without a conversion.
    /// </summary>
    public bool ConvertsTreesOfV1_7 { get; init; }

    /// <summary>
    /// Whether finished output references blocks by name: from 1.8 on. Before, it references objects by hash, which is the same in
    /// every cluster.
    /// </summary>
    public bool OutputNamesBlocks { get; init; }

    /// <summary>Whether the file of a cron tick is empty and its name is the time of the tick: from 1.8 on. Before, it is <c>/time</c> and contains the time.</summary>
    public bool NamesTicksByTime { get; init; }

    /// <summary>
    /// Whether stopping a pipeline ends the ticks of its cron inputs: before 1.7.12, and in 1.8. In the others the monitor of the input goes on, and makes
    /// up missed ticks too.
    /// </summary>
    public bool StopEndsTicks { get; init; }

    /// <summary>Whether a restart of pachd ends the ticks of stopped pipelines: before 1.9.2. Later releases monitor stopped pipelines as well.</summary>
    public bool RestartEndsTicks { get; init; }

    /// <summary>Whether an extract contains the times of commits, and <c>BuildCommit</c> accepts them: from 1.10 on.</summary>
    public bool KeepsCommitTimes { get; init; }

    /// <summary>Whether an extract contains the origin of commits, and <c>BuildCommit</c> accepts it: from 1.11 on.</summary>
    public bool KeepsCommitOrigins { get; init; }

    /// <summary>
    /// Whether a restore refuses an operation of a generation that the release does not know: from 1.10 on. Earlier releases accept it and do nothing.
    /// </summary>
    public bool RefusesUnknownOperations { get; init; }

    /// <summary>
    /// Whether an object operation of the release's own generation crashes the server: from 1.10 on. Objects have to be sent as operations of 1.9, in a call
    /// of their own.
    /// </summary>
    public bool CrashesOnOwnObjects { get; init; }

    /// <summary>
    /// Whether a block operation of an earlier generation crashes the server: in 1.11. Blocks have to be sent in its own generation.
    /// </summary>
    public bool CrashesOnEarlierBlocks { get; init; }

    /// <summary>Whether a branch may have a trigger: from 1.12 on. No extract contains it, but a restore accepts it.</summary>
    public bool HasTriggers { get; init; }

    /// <summary>The number of pipelines that can be created without an enterprise key: 16 from 1.13 on; null for no limit. Those that exist stay.</summary>
    public int? CommunityPipelines { get; init; }

    /// <summary>The number of workers that a pipeline may ask for without an enterprise key: 8 from 1.13 on; null for no limit.</summary>
    public int? CommunityWorkers { get; init; }

    /// <summary>Whether a cluster has a deployment id, which pachctl compares with that of its context: from 1.10 on.</summary>
    public bool HasDeploymentId { get; init; }

    /// <summary>Whether the annotations of a service belong to the metadata of its pipeline: from 1.10 on.</summary>
    public bool HasPipelineMetadata { get; init; }

    /// <summary>Whether a spout that is not a service may have an input: until 1.9.</summary>
    public bool AllowsSpoutInputs { get; init; }

    /// <summary>Whether the server is published under the Pachyderm Community License (from 1.10 on) and not under Apache 2.0.</summary>
    public bool HasCommunityLicense { get; init; }

    /// <summary>The traits of a release. A custom build has those of the release with its number.</summary>
    public static ReleaseTraits Of(Release release)
    {
        var published = release.WithoutSuffix();
        return new ReleaseTraits
        {
            Release = release,
            Generation = GenerationOf(published),
            HasFsck = published >= FirstToSpeakV1_8,
            HasSafeFsck = published >= FirstToExtractBlocks,
            BuildsCommitsWhole = published >= FirstToExtractBlocks,
            ListsObjectInfos = published >= FirstToExtractBlocks,
            ExtractsOutputs = published >= FirstToExtractBlocks,
            ExtractsSalts = published.Line == Line1_7 || published == V1_8_8 || published >= FirstToExtractBlocks,
            RestoresTwice = published < FirstToExtractBlocks,
            ListsJobsByHistory = published.Line >= Line1_9,
            RestrictsBranchNames = published.Line >= Line1_9,
            PipelineNames = PipelineNamesOf(published),
            ConvertsTreesOfV1_7 = published >= FirstToSpeakV1_8,
            HasDirectoryHeaders = published.Line == Line1_7 && published >= FirstWithDirectoryHeaders,
            GlobCharacters = published >= FirstWithExtendedGlobCharacters ? "*?[]{}!()@+^" : "*?[]{}!",
            HasExtendedGlobs = published >= FirstWithExtendedGlobs,
            GroupsMatchAllText = published >= FirstWithGroupsOfAllText,
            OutputNamesBlocks = published.Line >= Line1_8,
            NamesTicksByTime = published.Line >= Line1_8,
            StopEndsTicks = published < FirstToTickWhenStopped || published.Line == Line1_8,
            RestartEndsTicks = published < FirstToMonitorStopped,
            KeepsCommitTimes = published.Line >= Line1_10,
            KeepsCommitOrigins = published.Line >= Line1_11,
            RefusesUnknownOperations = published.Line >= Line1_10,
            CrashesOnOwnObjects = published.Line >= Line1_10,
            CrashesOnEarlierBlocks = published.Line == Line1_11,
            HasTriggers = published.Line >= Line1_12,
            CommunityPipelines = published.Line >= Line1_13 ? 16 : null,
            CommunityWorkers = published.Line >= Line1_13 ? 8 : null,
            HasDeploymentId = published.Line >= Line1_10,
            HasPipelineMetadata = published.Line >= Line1_10,
            AllowsSpoutInputs = published.Line < Line1_10,
            HasCommunityLicense = published.Line >= Line1_10,
        };
    }

    private static PipelineNameRule PipelineNamesOf(Release release) => release switch
    {
        _ when release > FirstOf1_9 => PipelineNameRule.LetterOrDigitFirst,
        _ when release.Line == Line1_8 && release >= FirstWithLabelNames => PipelineNameRule.KubernetesLabel,
        _ => PipelineNameRule.RepoName,
    };

    private static OperationGeneration GenerationOf(Release release) => release switch
    {
        { Line.Major: not 1 } => OperationGeneration.None,
        _ when release < FirstToSpeakV1_8 => release.Line.Minor >= 7 ? OperationGeneration.V1_7 : OperationGeneration.None,
        { Line.Minor: <= 13 } => (OperationGeneration)(release.Line.Minor - 6),
        _ => OperationGeneration.None,
    };
}
