using System.Collections.Immutable;

namespace PachUp.Pachyderm.Releases;

/// <summary>The defects of releases that a migration can meet. Upstream numbers are those of pachyderm/pachyderm.</summary>
public static class KnownDefects
{
    private static readonly Release V1_8_0 = new(1, 8, 0);
    private static readonly Release V1_8_1 = new(1, 8, 1);
    private static readonly Release V1_8_8 = new(1, 8, 8);
    private static readonly Release V1_9_0 = new(1, 9, 0);
    private static readonly Release V1_9_2 = new(1, 9, 2);
    private static readonly Release V1_9_6 = new(1, 9, 6);
    private static readonly Release V1_9_8 = new(1, 9, 8);
    private static readonly Release V1_9_10 = new(1, 9, 10);
    private static readonly Release V1_10_0 = new(1, 10, 0);

    private static readonly ReleaseRange Line1_7 = new(Before: V1_8_0);
    private static readonly ReleaseRange Line1_8 = new(V1_8_0, V1_9_0);
    private static readonly ReleaseRange Line1_9 = new(V1_9_0, V1_10_0);
    private static readonly ReleaseRange ConvertsTrees = new(V1_8_1, V1_9_0);
    private static readonly ReleaseRange UpTo1_9_5 = new(Before: V1_9_6);
    private static readonly ReleaseRange From1_9_6 = new(V1_9_6);

    /// <summary>All of them.</summary>
    public static ImmutableArray<KnownDefect> All { get; } =
    [
        new()
        {
            Issues = [4077],
            Source = new(V1_8_0, V1_8_8),
            What = "the extract leaves out the salts of pipelines, so that everything is computed again",
            AvoidedBy = "salts are taken from the list of pipelines",
        },
        new()
        {
            Source = UpTo1_9_5,
            What = "the extract leaves out fields of pipelines (standby, datum_tries, scheduling_spec, pod_spec, pod_patch and others)",
            AvoidedBy = "every field is taken from the list of pipelines",
        },
        new()
        {
            Source = UpTo1_9_5,
            What = "the extract leaves out every repo of which a branch has provenance, also where no pipeline made it",
            AvoidedBy = "such repos are read from the listings and carried",
        },
        new()
        {
            Issues = [4852, 4866, 5337, 5052],
            Source = new(V1_10_0),
            What = "extracts of later releases lose metadata",
            AvoidedBy = "every item of the source is compared with the target in the end",
        },
        new()
        {
            Issues = [4662],
            Source = Line1_8,
            Target = Line1_9,
            What = "objects extracted by 1.8 cannot be restored into 1.9 (\"cannot mix different versions of pachd operation\")",
            AvoidedBy = "they are sent as operations of 1.9",
        },
        new()
        {
            Issues = [4661, 4694, 4695, 4676],
            What = "an open commit, or a child of one, stops the restore or crashes the server",
            AvoidedBy = "no open commit is sent; the plan names each",
        },
        new()
        {
            Issues = [4540],
            Target = new(V1_9_0),
            What = "a commit computed from two commits of one branch stops the restore",
            AvoidedBy = "the check metadata-consistent names them before",
        },
        new()
        {
            Issues = [4677],
            What = "an input repo was missing after a restore that ended well",
            AvoidedBy = "every repo of the source is looked for in the target in the end",
        },
        new()
        {
            Issues = [3883],
            What = "a new pachd on the old metadata storage reads what it does not understand",
            AvoidedBy = "the target has to be empty, and has to have another cluster id than the source",
        },
        new()
        {
            Issues = [3376, 3316, 3259],
            Source = Line1_7,
            Target = Line1_8,
            What = "migrations from 1.7 to 1.8 were reported to go wrong",
            AvoidedBy = "every item is compared in the end, and files are read",
        },
        new()
        {
            Issues = [3864],
            Source = Line1_7,
            Target = ConvertsTrees,
            What = "all datums are processed again, because 1.8 drops the salts of 1.7 when it converts the trees",
            ToDo = "plan for the time and the cost of computing all output again",
        },
        new()
        {
            Target = UpTo1_9_5,
            What = "pipelines that were stopped come back running",
            AvoidedBy = "they are stopped again before the first commit arrives",
        },
        new()
        {
            Target = From1_9_6,
            What = "restoring twice loses commits, with code 0",
            AvoidedBy = "nothing is sent twice to such a target",
        },
        new()
        {
            Target = From1_9_6,
            What = "sizes of commits are 0 unless they are sent along",
            AvoidedBy = "they are sent along",
        },
        new()
        {
            Source = new(Before: V1_9_10),
            Target = new(V1_9_10),
            What = "the local storage backend looks for objects in another folder, and files cannot be read although fsck finds nothing",
            AvoidedBy = "the check shared-bucket looks for the objects before, and verification reads files",
        },
        new()
        {
            Source = new(V1_8_1, V1_9_6),
            What = "fsck crashes the server on some metadata",
            AvoidedBy = "it is not asked for; the check metadata-consistent reads the listings instead",
        },
        new()
        {
            Issues = [3934],
            Target = new(Before: V1_9_2),
            What = "a pipeline that has failed stays failed when it is started",
            ToDo = "after the migration, bring failed pipelines back with \"pachctl update-pipeline\"",
        },
        new()
        {
            Issues = [4154],
            Target = new(Before: V1_9_8),
            What = "Kubernetes 1.16 and later refuses the manifests of \"pachctl deploy\" (apps/v1beta1)",
            ToDo = "deploy on Kubernetes 1.15 or earlier, or write the manifests to a file (--dry-run) and make apps/v1 of apps/v1beta1",
        },
        new()
        {
            Issues = [4552],
            What = "worker pods stay behind when a release is undeployed",
            ToDo = "after undeploying, delete what \"kubectl get rc,pods -l suite=pachyderm,component=worker\" still shows",
        },
    ];
}
