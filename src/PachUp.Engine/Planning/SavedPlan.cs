using System.Text.Json;
using PachUp.Common.Files;
using PachUp.Engine.Plans;

namespace PachUp.Engine.Planning;

/// <summary>
/// A plan as it was shown, in a file: what was read can be shown again anywhere, and exactly that can be carried out. It has no secrets: the preview
/// masks them, and the overrides only say where they are.
/// </summary>
public sealed record SavedPlan
{
    /// <summary>The ending of the names of such files.</summary>
    public const string Ending = ".pachplan";

    private const string CurrentFormat = "pachup-plan/v1";

    /// <summary>The format of the file.</summary>
    public string Format { get; init; } = "";

    /// <summary>The version of PachUp that made it.</summary>
    public required string MadeBy { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The path of the plan file that it was made from, for messages.</summary>
    public required string Path { get; init; }

    /// <summary>The text of that file.</summary>
    public required string Text { get; init; }

    /// <summary>The changes from the command line, with the addresses that were found.</summary>
    public required PlanOverrides Overrides { get; init; }

    /// <summary>What was shown.</summary>
    public required PlanPreview Preview { get; init; }

    /// <summary>Saves a plan that was just made. A file that is not a saved plan is never replaced.</summary>
    /// <param name="file">The path of the file.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="madeBy">The version of PachUp.</param>
    /// <param name="madeAt">The time.</param>
    /// <exception cref="IOException">The file cannot be written, or is another file.</exception>
    public static void Write(string file, PlannedMigration plan, string madeBy, DateTimeOffset madeAt)
    {
        var saved = new SavedPlan
        {
            Format = CurrentFormat,
            MadeBy = madeBy,
            MadeAt = madeAt,
            Path = plan.Document.Path,
            Text = plan.Document.Text,
            Overrides = plan.OverridesWithAddresses() with { InPlace = plan.Document.Overrides.InPlace || (plan.Preview.IsInPlace && !plan.Document.HasOneCluster) },
            Preview = plan.Preview,
        };
        PrivateFile.ReplaceEarlier(file, JsonSerializer.SerializeToUtf8Bytes(saved, JsonFile.Options), IsAt, "a saved plan");
    }

    /// <summary>Whether a file is a saved plan, of this or another format: a plan in YAML never begins as one.</summary>
    public static bool IsAt(string file)
    {
        if (!File.Exists(file))
        {
            return false;
        }

        Span<byte> start = stackalloc byte[256];
        using var stream = ReadFile.Open(file);
        var text = System.Text.Encoding.UTF8.GetString(start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]);
        return text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n').StartsWith('{') && text.Contains("\"pachup-plan/", StringComparison.Ordinal);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is not a saved plan, is damaged, or was written by a later PachUp.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SavedPlan Read(string file)
    {
        var format = IsAt(file) ? FormatOf(file) : throw new FormatException($"\"{file}\" is not a saved plan. \"pachup plan --out FILE{Ending}\" writes one.");
        return format == CurrentFormat
            ? JsonFile.TryRead<SavedPlan>(file)!
            : throw new FormatException($"\"{file}\" has the format \"{format}\", which this PachUp does not read. Make the plan again.");
    }

    private static string FormatOf(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(ReadFile.Bytes(file));
            return json.RootElement.TryGetProperty("format", out var format) ? format.ToString() : "";
        }
        catch (JsonException e)
        {
            throw new FormatException($"\"{file}\" is damaged: {e.Message}", e);
        }
    }
}
