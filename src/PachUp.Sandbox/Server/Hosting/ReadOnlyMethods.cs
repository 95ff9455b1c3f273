namespace PachUp.Sandbox.Server.Hosting;

/// <summary>The methods that change nothing. All others count as writes.</summary>
internal static class ReadOnlyMethods
{
    private static readonly string[] ReadingVerbs =
        ["Inspect", "List", "Get", "Glob", "Walk", "Diff", "Flush", "Subscribe", "Check", "Extract", "Fsck", "WhoAmI", "Health", "Authorize"];

    public static bool Contains(string method)
    {
        var name = method[(method.LastIndexOf('/') + 1)..];
        return Array.Exists(ReadingVerbs, verb => name.StartsWith(verb, StringComparison.Ordinal));
    }
}
