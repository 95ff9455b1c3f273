namespace PachUp.Engine.Yaml;

/// <summary>Lists of names in messages.</summary>
internal static class Names
{
    /// <summary><c>one of "a", "b"</c>; <c>"a"</c> for a single one; <c>none</c> for none.</summary>
    public static string OneOf(IReadOnlyCollection<string> names) => names.Count switch
    {
        0 => "none",
        1 => $"\"{names.First()}\"",
        _ => $"one of {string.Join(", ", names.Select(name => $"\"{name}\""))}",
    };
}
