using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using PachUp.Common.Files;
using PachUp.Engine.Planning;
using PachUp.Engine.Plans;
using PachUp.Engine.Plugins;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Runs.Locks;
using PachUp.Engine.State;

namespace PachUp.Engine.Runs.Records;

/// <summary>The inputs that a run started with. The run can be resumed only with the same inputs.</summary>
internal sealed record RunOrigin
{
    private const string CurrentFormat = "1.0";

    /// <summary>The format of the files of the run, <c>major.minor</c>.</summary>
    public string Format { get; init; } = CurrentFormat;

    /// <summary>The version of PachUp.</summary>
    public required string PachUp { get; init; }

    /// <summary>The user of the system who started the run; null if not known. A run can be resumed by another user.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? User { get; init; }

    /// <summary>The name of the machine on which the run started; null if not known. A run can be resumed on another machine.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Host { get; init; }

    /// <summary>The id of the job that started the run; null if it was none. If its process is ended from outside, the next process of that job goes on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Job { get; init; }

    /// <summary>The directory for locks that the run was given; null for that of the machine.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LockDirectory { get; init; }

    /// <inheritdoc cref="PlanDocument.Sha256"/>
    public required string PlanSha256 { get; init; }

    /// <summary>
    /// The SHA-256 of the changes from the command line, with the addresses that were found. It excludes the places of secrets and the peer ports,
    /// because they may change before a run is resumed.
    /// </summary>
    public required string OverridesSha256 { get; init; }

    /// <summary>The parameters for display. Secret parameters have no value here.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The plugins that the plan uses.</summary>
    public ImmutableArray<PluginOfRun> Plugins { get; init; } = [];

    private static string Version { get; } =
        typeof(RunOrigin).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The current inputs of a plan.</summary>
    public static RunOrigin Of(PlannedMigration plan) => new()
    {
        PachUp = Version,
        PlanSha256 = plan.Document.Sha256,
        OverridesSha256 = Convert.ToHexStringLower(SHA256.HashData(
            JsonSerializer.SerializeToUtf8Bytes(plan.OverridesWithAddresses() with { Secrets = [], SourcePeer = null, TargetPeer = null }, JsonFile.Options))),
        Parameters = plan.Document.Parameters.ToImmutableSortedDictionary(
            parameter => parameter.Name, parameter => plan.Scope.PrintableParameter(parameter.Name), StringComparer.Ordinal),
        Plugins = [.. UsedBy(plan).Select(PluginOfRun.Of)],
    };

    /// <summary>Writes the inputs of a run that starts now.</summary>
    public static void Write(RunDirectory run, PlannedMigration plan, LockOptions locks) => JsonFile.Write(run.File(RunFiles.Origin), Of(plan) with
    {
        User = TextOrNull(Environment.UserName),
        Host = TextOrNull(Environment.MachineName),
        Job = JobOfProcess.Id,
        LockDirectory = locks.OtherDirectory,
    });

    /// <summary>Reads the inputs of a run for display; null if it has no such file, or if a newer PachUp wrote one that cannot be read.</summary>
    public static RunOrigin? TryRead(RunDirectory run)
    {
        try
        {
            return JsonFile.TryRead<RunOrigin>(run.File(RunFiles.Origin));
        }
        catch (FormatException)
        {
            // A report without these facts is better than none.
            return null;
        }
    }

    /// <summary>Reads the inputs of a run.</summary>
    /// <exception cref="FormatException">The file is missing or damaged.</exception>
    /// <exception cref="RunChangedException">A newer PachUp wrote the file in a format that this version cannot read.</exception>
    public static RunOrigin Read(RunDirectory run)
    {
        var path = run.File(RunFiles.Origin);
        var format = JsonFile.TryRead<JsonElement?>(path) is { ValueKind: JsonValueKind.Object } origin && origin.TryGetProperty("format", out var text)
            ? text.ToString()
            : throw new FormatException($"run {run.Id} cannot continue: its file \"{path}\" is missing or damaged");
        return format.Split('.')[0] == CurrentFormat.Split('.')[0]
            ? JsonFile.TryRead<RunOrigin>(path)!
            : throw new RunChangedException(run, [new RunDifference("format of the run's files", format, CurrentFormat)]);
    }

    /// <summary>The differences to other inputs. Another version of PachUp is not a difference if it can read this format.</summary>
    public IEnumerable<RunDifference> DifferencesTo(RunOrigin now)
    {
        if (PlanSha256 != now.PlanSha256)
        {
            yield return new RunDifference("plan (SHA-256)", Short(PlanSha256), Short(now.PlanSha256));
        }

        if (OverridesSha256 != now.OverridesSha256)
        {
            yield return new RunDifference("changes from the command line (SHA-256)", Short(OverridesSha256), Short(now.OverridesSha256));
        }

        foreach (var (name, value) in Parameters.Where(parameter => now.Parameters.GetValueOrDefault(parameter.Key) != parameter.Value))
        {
            yield return new RunDifference($"parameter {name}", $"\"{value}\"", $"\"{now.Parameters.GetValueOrDefault(name)}\"");
        }

        foreach (var plugin in Plugins)
        {
            var other = now.Plugins.FirstOrDefault(candidate => candidate.Name == plugin.Name);
            if (other?.Files.Sha256 != plugin.Files.Sha256)
            {
                yield return new RunDifference($"plugin {plugin.Name}", plugin.ToString(), other?.ToString() ?? "missing")
                {
                    Details = other is null ? [] : [.. plugin.Files.DifferencesTo(other.Files)],
                };
            }
        }
    }

    /// <summary>The plugins that a plan uses.</summary>
    internal static IEnumerable<LoadedPlugin> UsedBy(PlannedMigration plan) => plan.Plugins.Where(plugin => IsUsed(plugin, plan));

    /// <summary>In a container, a user may have no name.</summary>
    private static string? TextOrNull(string text) => text.Length > 0 ? text : null;

    internal static string Short(string sha256) => sha256[..Math.Min(12, sha256.Length)];

    /// <summary>Whether a plan uses a plugin.</summary>
    public static bool IsUsed(LoadedPlugin plugin, PlannedMigration plan)
    {
        var context = plan.RequireContext();
        return plugin.Steps.Intersect(plan.Document.Steps.Select(step => step.Step.Name)).Any()
            || plugin.Checks.Intersect(context.Checks.Select(check => check.Name)).Any()
            || plugin.Routes.Contains($"{context.Route.From} -> {context.Route.To}")
            || plugin.Platforms.Contains(context.Source.Platform.Name)
            || plugin.Platforms.Contains(context.Target.Platform.Name);
    }
}

/// <summary>A plugin that a run started with.</summary>
/// <param name="Name">The name of its assembly.</param>
/// <param name="Version">Its version.</param>
/// <param name="Files">Its files.</param>
internal sealed record PluginOfRun(string Name, string Version, PluginFiles Files)
{
    public static PluginOfRun Of(LoadedPlugin plugin) => new(plugin.Name, plugin.Version, plugin.Files);

    public override string ToString() => $"{Version} ({RunOrigin.Short(Files.Sha256)})";
}
