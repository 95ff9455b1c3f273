using System.Globalization;

namespace PachUp.Pachyderm.Connections;

/// <summary>Formats durations for sentences.</summary>
internal static class Durations
{
    /// <summary><c>0.2 seconds</c>, <c>15 seconds</c>, <c>5 minutes</c>.</summary>
    public static string Describe(TimeSpan duration) => duration.TotalMinutes >= 2
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMinutes:0.#} minutes")
        : string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.#} seconds");
}
