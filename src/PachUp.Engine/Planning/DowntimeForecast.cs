using System.Collections.Immutable;
using PachUp.Common.Files;
using PachUp.Engine.State;
using PachUp.Pachyderm;

namespace PachUp.Engine.Planning;

/// <summary>How long a plan will take for a cluster, as the last rehearsal with that cluster's metadata measured it.</summary>
/// <param name="Plan">The name of the plan.</param>
/// <param name="ClusterId">The id of the source.</param>
/// <param name="To">The release of the target.</param>
/// <param name="CarriesObjects">Whether the content of all files is sent.</param>
/// <param name="LeastTime">The shortest expected time, without manual work and deployments.</param>
/// <param name="MostTime">The longest expected time, without manual work and deployments.</param>
/// <param name="MadeAt">When it was measured.</param>
public sealed record DowntimeForecast(
    string Plan, string ClusterId, Release To, bool CarriesObjects, TimeSpan LeastTime, TimeSpan MostTime, DateTimeOffset MadeAt)
{
    /// <summary>How long each step took in the rehearsal, by id, without the steps that the platform or an operator does.</summary>
    public ImmutableSortedDictionary<string, TimeSpan> Steps { get; init; } = ImmutableSortedDictionary<string, TimeSpan>.Empty;

    /// <summary>The forecast for a plan; null if no rehearsal of it is known, or its file cannot be read.</summary>
    public static DowntimeForecast? TryRead(StateDirectory state, PlanPreview plan)
    {
        if (plan.Source.ClusterId is not { } cluster)
        {
            return null;
        }

        try
        {
            var forecast = JsonFile.TryRead<DowntimeForecast>(PathOf(state, plan.PlanName, cluster, plan.TargetRelease, plan.CarriesObjects));
            return forecast is not null && forecast.ClusterId == cluster ? forecast : null;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            // A forecast only informs. Without it, nothing is decided differently.
            return null;
        }
    }

    /// <summary>Keeps the forecast for the plans to come. A directory that cannot be written is not a failure of the rehearsal.</summary>
    internal void TryWrite(StateDirectory state)
    {
        try
        {
            PrivateDirectory.Create(state.ForecastsPath);
            JsonFile.Write(PathOf(state, Plan, ClusterId, To, CarriesObjects), this);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The report of the rehearsal has the same figures.
        }
    }

    /// <summary>The id comes from a server, so only its letters and digits become part of a file name.</summary>
    private static string PathOf(StateDirectory state, string plan, string cluster, Release to, bool carriesObjects) => Path.Combine(
        state.ForecastsPath,
        $"{plan}-{to}{(carriesObjects ? "-objects" : "")}-{string.Concat(cluster.Where(char.IsAsciiLetterOrDigit).Take(40))}.json");
}
