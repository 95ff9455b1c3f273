using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>The next tick of a cron input.</summary>
/// <param name="Input">The input.</param>
/// <param name="Before">The tick before, or the start of the input.</param>
/// <param name="At">The time of the tick.</param>
internal sealed record CronTick(CronInput Input, DateTimeOffset Before, DateTimeOffset At);
