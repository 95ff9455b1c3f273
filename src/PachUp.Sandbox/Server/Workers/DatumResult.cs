using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>What became of a datum in a job.</summary>
/// <param name="Id">Its name in logs and statistics.</param>
/// <param name="Tag">The tag of its results.</param>
/// <param name="IsSkipped">Whether the results were there already.</param>
/// <param name="Stats">The bytes that were read and written for it; none where it was skipped.</param>
/// <param name="Failure">Why it failed; null where it did not.</param>
internal sealed record DatumResult(string Id, string Tag, bool IsSkipped, ProcessStats Stats, string? Failure = null);
