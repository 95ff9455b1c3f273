using System.Buffers;

namespace PachUp.Common.Files;

/// <summary>Turns names from servers into safe file names, which cannot leave their folder.</summary>
public static class FileNames
{
    private static readonly SearchValues<char> Unusable = SearchValues.Create([.. Path.GetInvalidFileNameChars(), '/', '\\']);

    /// <summary>The name with invalid characters as <c>%</c> and hex digits. Different names give different file names.</summary>
    public static string Of(string name) => name is "." or ".." ? name.Replace(".", "%2E", StringComparison.Ordinal)
        : name.AsSpan().ContainsAny(Unusable) ? string.Concat(name.Select(letter => Unusable.Contains(letter) ? $"%{(int)letter:X2}" : letter.ToString()))
        : name;
}
