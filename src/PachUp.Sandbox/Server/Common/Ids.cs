using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace PachUp.Sandbox.Server.Common;

/// <summary>Ids as pachd makes them: version 4 UUIDs without dashes.</summary>
/// <param name="seed">The seed, so that each run makes the same ids; null for random ids.</param>
internal sealed partial class Ids(string? seed)
{
    private int _made;

    /// <summary>A random id.</summary>
    public static string New() => Guid.NewGuid().ToString("N");

    /// <summary>The next id.</summary>
    public string Next() => seed is null ? New() : FromSeed(seed, Interlocked.Increment(ref _made));

    /// <summary>Whether pachd reads a text as the id of a commit. It reads any other text as a branch.</summary>
    public static bool IsId(string text) => IdPattern().IsMatch(text);

    private static string FromSeed(string seed, int number)
    {
        var digits = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}/{number}"))));
        return $"{digits[..12]}4{digits[13..32]}";
    }

    [GeneratedRegex("^[0-9a-f]{12}4[0-9a-f]{19}$")]
    private static partial Regex IdPattern();
}
