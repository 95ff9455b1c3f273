using System.Buffers;

namespace PachUp.Common.Files;

/// <summary>Names that servers choose, as names of files: none leads out of the folder that it is put in.</summary>
public static class FileNames
{
    private static readonly SearchValues<char> Unusable = SearchValues.Create([.. Path.GetInvalidFileNameChars(), '/', '\\']);

    /// <summary>The name, with what cannot stand in the name of a file as <c>%</c> and hex digits. Other names stay other names.</summary>
    public static string Of(string name) => name is "." or ".." ? name.Replace(".", "%2E", StringComparison.Ordinal)
        : name.AsSpan().ContainsAny(Unusable) ? string.Concat(name.Select(letter => Unusable.Contains(letter) ? $"%{(int)letter:X2}" : letter.ToString()))
        : name;
}
