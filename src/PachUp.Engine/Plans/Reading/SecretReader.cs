using System.Text;
using PachUp.Engine.Steps.Failing;
using PachUp.Engine.Yaml;

namespace PachUp.Engine.Plans.Reading;

/// <summary>Reads the values of secret parameters from the places that <c>--secret</c> gives. No message contains a secret.</summary>
internal sealed class SecretReader(MistakeList mistakes, Func<string, string?> environment)
{
    /// <summary>The syntax of <c>--secret</c>.</summary>
    public const string Expected = "NAME=env:VARIABLE or NAME=file:PATH";

    /// <summary>The longest secret, in characters. Keys and certificates are shorter.</summary>
    private const int MaxLength = 64 * 1024;

    private const string InEnvironment = "env:";
    private const string InFile = "file:";

    /// <summary>The reference with a full path if it names a file. Other references are not changed.</summary>
    public static string Anchor(string reference) => reference.Split('=', 2) is [var name, var place] && place.StartsWith(InFile, StringComparison.Ordinal)
        ? $"{name}={InFile}{Path.GetFullPath(place[InFile.Length..])}"
        : reference;

    /// <summary>The value of a parameter; null, with a report, if there is none.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="place">Where its value is: the text after the equals sign.</param>
    public string? Read(string name, string place)
    {
        var value = place.StartsWith(InEnvironment, StringComparison.Ordinal) ? ReadVariable(name, place[InEnvironment.Length..])
            : place.StartsWith(InFile, StringComparison.Ordinal) ? ReadFile(name, place[InFile.Length..])
            : Report(name, "this does not name the place of the secret", Expected);
        return value is { Length: < Redaction.ShortestSecret }
            ? Report(name, "the secret is too short: PachUp could not tell it from other text", $"at least {Redaction.ShortestSecret} characters")
            : value;
    }

    private string? ReadVariable(string name, string variable) => environment(variable) ?? Report(
        name, $"the environment variable \"{variable}\" is not set", $"a value for it, or another place: --secret {name}=file:PATH");

    /// <summary>Reads a file without its last line end, which editors and "echo" add.</summary>
    private string? ReadFile(string name, string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var reader = new StreamReader(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            var content = new char[MaxLength + 1];
            var length = reader.ReadBlock(content);
            return length <= MaxLength
                ? new string(content, 0, length).TrimEnd('\r', '\n')
                : Report(name, $"the file \"{path}\" is too large", $"a secret of at most {MaxLength} characters");
        }
        catch (DecoderFallbackException)
        {
            return Report(name, $"the file \"{path}\" is not text", "a secret in UTF-8");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return Report(name, $"the file with the secret cannot be read: {e.Message}", $"a file, or another place: --secret {name}=env:VARIABLE");
        }
    }

    private string? Report(string name, string problem, string expected)
    {
        mistakes.AddToOption($"--secret {name}", problem, expected);
        return null;
    }
}
