using PachUp.Engine.Runs.Records;

namespace PachUp.Engine.Runs.Reports;

/// <summary>Who started a run, where, and with what. Runs of older versions of PachUp do not tell everything.</summary>
/// <param name="User">The user of the system who started it; null if not known.</param>
/// <param name="Host">The name of the machine; null if not known.</param>
/// <param name="Tool">The version of PachUp; null if not known.</param>
public sealed record RunCircumstances(string? User, string? Host, string? Tool)
{
    internal static RunCircumstances Of(RunOrigin? origin) => new(origin?.User, origin?.Host, origin?.PachUp);
}
