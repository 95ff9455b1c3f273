using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>The next tick of a cron input.</summary>
/// <param name="Input">The input.</param>
/// <param name="Before">The tick before, or the moment that the input starts to count from.</param>
/// <param name="At">The moment of the tick.</param>
internal sealed record CronTick(CronInput Input, DateTimeOffset Before, DateTimeOffset At);
