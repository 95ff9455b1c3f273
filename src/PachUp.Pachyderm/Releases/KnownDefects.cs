using System.Collections.Immutable;

namespace PachUp.Pachyderm.Releases;

/// <summary>The defects of releases that can concern a migration. The issue numbers are those of pachyderm/pachyderm.</summary>
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
    private static readonly Release V1_11_0 = new(1, 11, 0);
    private static readonly Release V1_12_0 = new(1, 12, 0);
    private static readonly Release V1_13_0 = new(1, 13, 0);

    private static readonly ReleaseRange Line1_7 = new(Before: V1_8_0);
    private static readonly ReleaseRange Line1_8 = new(V1_8_0, V1_9_0);
    private static readonly ReleaseRange Line1_9 = new(V1_9_0, V1_10_0);
    private static readonly ReleaseRange ConvertsTrees = new(V1_8_1, V1_9_0);
    private static readonly ReleaseRange UpTo1_9_5 = new(Before: V1_9_6);
    private static readonly ReleaseRange From1_9_6 = new(V1_9_6);
    private static readonly ReleaseRange From1_10_0 = new(V1_10_0);
    private static readonly ReleaseRange Line1_10 = new(V1_10_0, V1_11_0);
    private static readonly ReleaseRange From1_11_0 = new(V1_11_0);
    private static readonly ReleaseRange Line1_11 = new(V1_11_0, V1_12_0);
    private static readonly ReleaseRange From1_12_0 = new(V1_12_0);
    private static readonly ReleaseRange Line1_12 = new(V1_12_0, V1_13_0);
    private static readonly ReleaseRange From1_13_0 = new(V1_13_0);

    /// <summary>All known defects.</summary>
    public static ImmutableArray<KnownDefect> All { get; } =
    [
        new()
        {
            Issues = [4077],
            Source = new(V1_8_0, V1_8_8),
            What = "the extract omits the salts of pipelines, so all output is computed again",
            AvoidedBy = "PachUp reads the salts from the list of pipelines",
        },
        new()
        {
            Source = UpTo1_9_5,
            What = "the extract omits pipeline fields (standby, datum_tries, scheduling_spec, pod_spec, pod_patch and others)",
            AvoidedBy = "PachUp reads every field from the list of pipelines",
        },
        new()
        {
            Source = UpTo1_9_5,
            What = "the extract omits every repo with a branch that has provenance, even if no pipeline created it",
            AvoidedBy = "PachUp reads such repos from the listings and migrates them",
        },
        new()
        {
            Issues = [4852, 4866, 5337, 5052],
            Source = new(V1_10_0),
            What = "extracts of later releases lose metadata",
            AvoidedBy = "PachUp compares every item of the source with the target at the end",
        },
        new()
        {
            Issues = [4662],
            Source = Line1_8,
            Target = Line1_9,
            What = "objects extracted by 1.8 cannot be restored into 1.9 (\"cannot mix different versions of pachd operation\")",
            AvoidedBy = "PachUp sends them as operations of 1.9",
        },
        new()
        {
            Issues = [4661, 4694, 4695, 4676],
            What = "an open commit, or a child of one, stops the restore or crashes the server",
            AvoidedBy = "PachUp sends no open commit, and the plan names each of them",
        },
        new()
        {
            Issues = [4540],
            Target = new(V1_9_0),
            What = "a commit computed from two commits of one branch stops the restore",
            AvoidedBy = "the check metadata-consistent reports such commits before the migration",
        },
        new()
        {
            Issues = [4677],
            What = "an input repo was missing after a successful restore",
            AvoidedBy = "PachUp checks at the end that the target has every repo of the source",
        },
        new()
        {
            Issues = [3883],
            What = "a new pachd on the old metadata storage reads metadata of another format",
            AvoidedBy = "PachUp requires an empty target with another cluster id than the source",
        },
        new()
        {
            Issues = [3376, 3316, 3259],
            Source = Line1_7,
            Target = Line1_8,
            What = "migrations from 1.7 to 1.8 were reported to fail",
            AvoidedBy = "PachUp compares every item at the end, and reads files",
        },
        new()
        {
            Issues = [3864],
            Source = Line1_7,
            Target = ConvertsTrees,
            What = "all datums are processed again, because 1.8 drops the salts of 1.7 when it converts the trees",
            ToDo = "allow time and budget to compute all output again",
        },
        new()
        {
            Target = UpTo1_9_5,
            What = "stopped pipelines are running after the restore",
            AvoidedBy = "PachUp stops them again before the first commit arrives",
        },
        new()
        {
            Target = From1_9_6,
            What = "restoring twice loses commits, with exit code 0",
            AvoidedBy = "PachUp sends nothing twice to such a target",
        },
        new()
        {
            Target = From1_9_6,
            What = "sizes of commits are 0 unless the operations contain them",
            AvoidedBy = "PachUp sends the sizes",
        },
        new()
        {
            Source = new(Before: V1_9_10),
            Target = new(V1_9_10),
            What = "the local storage backend expects objects in another folder, so files cannot be read although fsck reports no error",
            AvoidedBy = "the check shared-bucket searches the objects before the migration, and the verification reads files",
        },
        new()
        {
            Source = new(V1_8_1, V1_9_6),
            What = "fsck crashes the server on some metadata",
            AvoidedBy = "PachUp does not run fsck; the check metadata-consistent reads the listings instead",
        },
        new()
        {
            Issues = [3934],
            Target = new(Before: V1_9_2),
            What = "a failed pipeline stays failed when it is started",
            ToDo = "after the migration, restart failed pipelines with \"pachctl update-pipeline\"",
        },
        new()
        {
            Issues = [4154],
            Target = new(Before: V1_9_8),
            What = "Kubernetes 1.16 and later refuses the manifests of \"pachctl deploy\" (apps/v1beta1)",
            ToDo = "deploy on Kubernetes 1.15 or earlier, or write the manifests to a file (--dry-run) and replace apps/v1beta1 by apps/v1",
        },
        new()
        {
            Source = Line1_9,
            Target = From1_10_0,
            What = "the server's conversion of operations of 1.9 drops tf_job, loses the times of commits and stops at join inputs (\"no input set\")",
            AvoidedBy = "PachUp sends every operation in the generation of the target, so the server converts nothing",
        },
        Conversion(Line1_10, From1_11_0, "the times of commits, s3, s3_out, metadata, sidecar_resource_limits and tf_job", "join inputs"),
        Conversion(Line1_11, From1_12_0, "the times and the origin of commits, s3, s3_out, metadata, sidecar_resource_limits and transform.build", "join inputs"),
        Conversion(Line1_12, From1_13_0, "the times and the origin of commits, s3, s3_out, metadata, group_by, outer_join and triggers of inputs", "join and group inputs"),
        new()
        {
            Source = Line1_12,
            Target = From1_13_0,
            What = "no extract contains the triggers of branches",
            AvoidedBy = "PachUp reads them from the source and sends them with the branches",
        },
        new()
        {
            Source = Line1_10,
            Target = Line1_11,
            What = "the server crashes on the blocks of an archive of 1.10",
            AvoidedBy = "PachUp sends every operation in the generation of the target",
        },
        new()
        {
            Target = From1_10_0,
            What = "an open commit arrives finished and empty, and hides the files of its parent",
            AvoidedBy = "PachUp sends no open commit, and the plan names each of them",
        },
        new()
        {
            Target = From1_10_0,
            What = "the server crashes on an object in an operation of its own generation",
            AvoidedBy = "PachUp sends the content of 1.9.6 and later as blocks",
        },
        new()
        {
            Issues = [4552],
            What = "worker pods remain after a release is undeployed",
            ToDo = "after undeploying, delete all items that \"kubectl get rc,pods -l suite=pachyderm,component=worker\" still lists",
        },
    ];

    private static KnownDefect Conversion(ReleaseRange source, ReleaseRange target, string lost, string stopsAt) => new()
    {
        Source = source,
        Target = target,
        What = $"the server's conversion of operations of the earlier line loses {lost}, and stops at {stopsAt} (\"no input set\")",
        AvoidedBy = "PachUp sends every operation in the generation of the target, so the server converts nothing",
    };
}
