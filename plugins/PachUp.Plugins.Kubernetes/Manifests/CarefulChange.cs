using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Manifests;

/// <summary>
/// Changes objects that somebody else may change at the same time. What controllers write meanwhile is none of PachUp's business; where what the object
/// should be was changed, nobody is overruled.
/// </summary>
internal static class CarefulChange
{
    private const int MostAttempts = 5;

    /// <summary>Makes a change to an object as it was seen, and again to what it has become where that differs in nothing that matters.</summary>
    /// <param name="api">The namespace.</param>
    /// <param name="seen">The object, with the resource version that guards the change.</param>
    /// <param name="changeAsync">Sends the change that it takes from this state.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StepFailedException">Somebody else changed or deleted it; the message says what is different now.</exception>
    public static async Task MakeAsync(KubeApi api, JsonObject seen, Func<JsonObject, Task> changeAsync, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await changeAsync(seen);
                return;
            }
            catch (KubeException e) when (e.IsConflict && attempt < MostAttempts)
            {
                var now = await api.FindAsync(api.Catalogue.Of(seen), seen.Name(), cancellationToken) ?? throw Meddled(seen, "it is gone", e);
                var differences = ObjectChange.Between(Substance(now), Substance(seen)).Fields;
                seen = differences.IsEmpty ? now : throw Meddled(seen, string.Join("; ", differences), e);
            }
            catch (KubeException e) when (e.IsConflict)
            {
                throw Meddled(seen, e.Message, e);
            }
        }
    }

    private static StepFailedException Meddled(JsonObject value, string what, KubeException conflict) => new(
        $"{value.Title()} was changed by somebody else while PachUp was about to change it: {what}",
        "Find out who works on this namespace, and resume the run: it looks again at what there is.",
        conflict);

    private static JsonObject Substance(JsonObject value)
    {
        var substance = value.Copy();
        substance.Remove("metadata");
        substance.Remove("status");
        return substance;
    }
}
