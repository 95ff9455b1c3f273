using PachUp.Common.Text;
using PachUp.Engine.Plugins;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>Refuses a plan that accepts a check that does not exist: a misspelled name would accept nothing, without a message.</summary>
internal static class AcceptedNames
{
    /// <exception cref="StepFailedException">One of the names is not the name of a check.</exception>
    public static void ThrowIfUnknown(IEnumerable<string> accepted, Catalogue catalogue)
    {
        var known = CheckDescription.AllOf(catalogue).Select(check => check.Name).ToHashSet(StringComparer.Ordinal);
        if (accepted.Where(name => !known.Contains(name)).Order(StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            var suggestion = NearestName.Of(unknown, known) is { } nearest ? $"Did you mean \"{nearest}\"? " : "";
            throw StepFailedException.Refused(
                $"the plan accepts warnings of the check \"{unknown}\", which does not exist", $"{suggestion}\"pachup check --list\" shows all checks.");
        }
    }
}
