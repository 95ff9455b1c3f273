using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>The result of a datum in a job.</summary>
/// <param name="Id">Its name in logs and statistics.</param>
/// <param name="Tag">The tag of its results.</param>
/// <param name="IsSkipped">Whether it was skipped because its results existed.</param>
/// <param name="Stats">The bytes that were read and written; zero for a skipped datum.</param>
/// <param name="Failure">Why it failed; null if it did not fail.</param>
internal sealed record DatumResult(string Id, string Tag, bool IsSkipped, ProcessStats Stats, string? Failure = null);
