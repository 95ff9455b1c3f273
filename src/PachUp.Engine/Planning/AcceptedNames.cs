using PachUp.Common.Text;
using PachUp.Engine.Plugins;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>The names of checks whose warnings a plan accepts. One that is misspelled would accept nothing, and nobody would know.</summary>
internal static class AcceptedNames
{
    /// <exception cref="StepFailedException">There is no check of one of the names.</exception>
    public static void ThrowIfUnknown(IEnumerable<string> accepted, Catalogue catalogue)
    {
        var known = CheckDescription.AllOf(catalogue).Select(check => check.Name).ToHashSet(StringComparer.Ordinal);
        if (accepted.Where(name => !known.Contains(name)).Order(StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            var suggestion = NearestName.Of(unknown, known) is { } nearest ? $"Did you mean \"{nearest}\"? " : "";
            throw StepFailedException.Refused(
                $"the plan accepts warnings of \"{unknown}\", and there is no such check", $"{suggestion}\"pachup check --list\" shows all of them.");
        }
    }
}
