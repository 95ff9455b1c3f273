using System.Text.Json.Nodes;
using PachUp.Plugins.Kubernetes.Api;
using PachUp.Sdk;

namespace PachUp.Plugins.Kubernetes.Manifests;

/// <summary>
/// Changes objects that others may change at the same time. If only fields that controllers write have changed, the change is made again. If another
/// user changed the object itself, PachUp does not overwrite this.
/// </summary>
internal static class CarefulChange
{
    private const int MostAttempts = 5;

    /// <summary>Makes a change to an object; if the object has changed in nothing that matters, makes the change again on its new state.</summary>
    /// <param name="api">The namespace.</param>
    /// <param name="seen">The object as it was read, with its resource version.</param>
    /// <param name="changeAsync">Sends the change for this state of the object.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StepFailedException">Another user changed or deleted it; the message tells the difference.</exception>
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
                var now = await api.FindAsync(api.Catalogue.Of(seen), seen.Name(), cancellationToken) ?? throw Meddled(seen, "it was deleted", e);
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
        $"another user changed {value.Title()} while PachUp was about to change it: {what}",
        "Find out who works on this namespace, then resume the run: it reads the objects again.",
        conflict);

    private static JsonObject Substance(JsonObject value)
    {
        var substance = value.Copy();
        substance.Remove("metadata");
        substance.Remove("status");
        return substance;
    }
}
