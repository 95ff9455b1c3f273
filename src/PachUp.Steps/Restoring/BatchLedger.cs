using System.Globalization;
using PachUp.Sdk;

namespace PachUp.Steps.Restoring;

/// <summary>
/// The journal's record of the calls of one restore. Each call is recorded before it is made and after the server has acknowledged it. A target
/// that was deployed again is another cluster, and its record is empty.
/// </summary>
/// <param name="execution">The step that restores.</param>
/// <param name="clusterId">The id of the target.</param>
/// <param name="pass">The number of the pass, if the step sends several streams after each other; 0 for its only stream.</param>
internal sealed class BatchLedger(IStepExecution execution, string clusterId, int pass = 0)
{
    private const string Begun = "batch-begun";
    private const string Arrived = "batch-arrived";
    private const string Cluster = "cluster";
    private const string Pass = "pass";
    private const string Operations = "operations";
    private const string Repos = "repos";
    private const string Sha256 = "sha256";
    private const string LimitOperations = "limit-operations";
    private const string LimitBytes = "limit-bytes";

    /// <summary>Whether anything was sent to this target.</summary>
    public bool HasBegun => Entries.Any();

    /// <summary>The position up to which everything has arrived; null if nothing was acknowledged.</summary>
    public StreamPosition? ArrivedUpTo => Entries.LastOrDefault(entry => entry.Kind == Arrived) is { } last
        ? new StreamPosition(NumberOf(last, Operations), NumberOf(last, Repos), last.Facts[Sha256])
        : null;

    /// <summary>The limits of the call that was started but not acknowledged; null if there is none.</summary>
    public RestoreLimits? InDoubt => Entries.LastOrDefault() is { Kind: Begun } last
        ? new RestoreLimits((int)NumberOf(last, LimitOperations), NumberOf(last, LimitBytes))
        : null;

    private IEnumerable<Checkpoint> Entries => execution.Checkpoints
        .Where(entry => entry.Kind is Begun or Arrived && entry.Facts.GetValueOrDefault(Cluster) == clusterId && PassOf(entry) == pass);

    /// <summary>Records that a call is about to be made.</summary>
    public void Begin(RestoreLimits limits) =>
        Record(Begun, (LimitOperations, Text(limits.Operations)), (LimitBytes, Text(limits.Bytes)));

    /// <summary>Records that everything up to this position has arrived.</summary>
    public void Arrive(StreamPosition upTo) =>
        Record(Arrived, (Operations, Text(upTo.Operations)), (Repos, Text(upTo.Repos)), (Sha256, upTo.Sha256));

    private void Record(string kind, params IEnumerable<(string Name, string Value)> facts) =>
        execution.Record(new Checkpoint(kind) { Facts = NamedValues.Of([(Cluster, clusterId), .. pass == 0 ? [] : new[] { (Pass, Text(pass)) }, .. facts]) });

    private static long PassOf(Checkpoint entry) => entry.Facts.ContainsKey(Pass) ? NumberOf(entry, Pass) : 0;

    private static long NumberOf(Checkpoint entry, string fact) => long.Parse(entry.Facts[fact], CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
