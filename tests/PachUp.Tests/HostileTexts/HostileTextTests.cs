using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PachUp.Cli;
using PachUp.Common.Text;
using PachUp.Pachyderm;
using PachUp.PackageFeed;
using PachUp.Sandbox;
using PachUp.Sdk.Testing;
using PachUp.Testing;

namespace PachUp.Tests.HostileTexts;

/// <summary>
/// Hostile texts go through every place that prints what others wrote: servers, archives, feeds, plans, file names and arguments. None of their characters
/// reaches the terminal, JSON, the log or a report as it is.
/// </summary>
public sealed class HostileTextTests : IDisposable
{
    private const string Plan = "pachyderm-1.8.7-to-1.9.0";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Commands => [.. HelpTests.CommandNames];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public void Arguments_that_a_command_does_not_know(string command)
    {
        string[] words = [.. command.Split(' ').Skip(1)];

        Run([.. words, HostileText.Whole, HostileText.Whole, HostileText.Whole], mustShow: false);
        Run([.. words, $"--{HostileText.Whole}"]);
    }

    [Fact]
    public void Values_of_arguments_and_options()
    {
        Run(["plan", HostileText.Whole, "--source", "127.0.0.1:1"]);
        Run(["plan", Plan, "--source", HostileText.Whole]);
        Run(["plan", Plan, "--source", $"context:{HostileText.Whole}"]);
        Run(["plan", Plan, "--source", "127.0.0.1:1", "--set", $"{HostileText.Whole}=1"]);
        Run(["plan", Plan, "--source", "127.0.0.1:1", "--secret", $"{HostileText.Whole}=env:X"]);
        Run(["plan", Plan, "--source", "127.0.0.1:1", "--accept", HostileText.Whole], mustShow: false);
        Run(["plan", Plan, "--source", "127.0.0.1:1", "--timeout", HostileText.Whole]);
        Run(["plan", Plan, "--source", "127.0.0.1:1", "--plugin-dir", HostileText.Short]);
        Run(["status", "--output", HostileText.Whole]);
        Run(["explain", HostileText.Whole]);
        Run(["show", HostileText.Short]);
        Run(["path", "--from", HostileText.Whole, "--to", "1.9.0"]);
        Run(["path", "--from", "1.8.7", "--to", HostileText.Whole]);
        Run(["runs", "show", HostileText.Short, "--state-dir", _folder.Path]);
        Run(["rollback", HostileText.Short, "--yes", "--state-dir", _folder.Path]);
        Run(["apply", "--resume", HostileText.Short, "--yes", "--state-dir", _folder.Path]);
        Run(["archive", "inspect", HostileText.Short]);
        Run(["restore", HostileText.Short, "--target", "127.0.0.1:1", "--yes"]);
        Run(["plugin", "install", HostileText.Short, "--feed", _folder.Path, "--yes"]);
        Run(["plugin", "uninstall", HostileText.Short]);
        Run(["plugin", "trust", "add", HostileText.Short]);
        Run(["plugin", "new", HostileText.Short, "--pair", "1.9", "1.10"]);
        Run(["sandbox", "--release", HostileText.Whole]);
    }

    [Fact]
    public void Names_of_files()
    {
        var file = _folder.File($"{HostileText.Short.Replace("/", "", StringComparison.Ordinal)}.yaml");
        File.WriteAllText(file, "kind: Nothing");

        Run(["plan", file, "--source", "127.0.0.1:1"]);
        Run(["show", file]);
        Run(["archive", "verify", file]);
        Run(["archive", "inspect", file]);
    }

    [Fact]
    public void Plans()
    {
        var text = JsonSerializer.Serialize(HostileText.Whole);
        var mistakes = _folder.File("mistakes.yaml");
        File.WriteAllText(mistakes, $"apiVersion: pachup/v1\nkind: {text}\nname: {text}\ndescription: {text}\n{JsonSerializer.Serialize(HostileText.Short)}: {text}\nsteps:\n  - id: {text}\n    uses: {text}\n");
        var valid = _folder.File("valid.yaml");
        File.WriteAllText(valid, File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "migration-plans", "1.8.7-to-1.9.0.yaml"))
            .Replace("description: ", $"description: {text} # ", StringComparison.Ordinal));

        Run(["plan", mistakes, "--source", "127.0.0.1:1"]);
        Run(["apply", valid, "--sandbox", "--dry-run"], mustShow: false);
    }

    [Fact]
    public async Task Answers_of_servers()
    {
        await using var server = await HostileServer.StartAsync();
        await using var refusing = await HostileServer.StartRefusingAsync();
        foreach (var (address, other) in new[] { (server.Address.ToString(), refusing.Address.ToString()), (refusing.Address.ToString(), server.Address.ToString()) })
        {
            Run(["status", "--source", address, "--retry-for", "0s"]);
            Run(["plan", Plan, "--source", address, "--target", other, "--retry-for", "0s"], formats: ["json", "jsonl"]);
            Run(["check", Plan, "--source", address, "--target", other, "--retry-for", "0s"]);
            Run(["verify", "--source", address, "--target", address, "--retry-for", "0s"], mustShow: address == refusing.Address.ToString());
            Run(["extract", "--source", address, "--archive", _folder.File("a.pachx"), "--retry-for", "0s", "--state-dir", _folder.Path]);
            Run(["apply", Plan, "--source", address, "--target", other, "--yes", "--retry-for", "0s", "--state-dir", _folder.Path]);
        }
    }

    [Fact]
    public async Task Names_in_a_cluster_from_the_plan_to_the_report()
    {
        await using var source = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = new Release(1, 8, 7) });
        await using var target = await SandboxCluster.StartAsync(new SandboxOptions { ExposeObjectApi = true, Release = new Release(1, 9, 0) });
        await FillAsync(source);
        string[] clusters = ["--source", source.Address.ToString(), "--target", target.Address.ToString()];
        string[] state = ["--state-dir", _folder.File("state")];
        var archive = _folder.File("cluster.pachx");

        Run(["status", "--source", source.Address.ToString(), .. state], formats: [], mustShow: false);
        Run(["plan", Plan, .. clusters], formats: ["json", "jsonl"]);
        Run(["apply", Plan, .. clusters, .. state, "--yes", "--set", "objects=true", "--verbose"], formats: []);
        Run(["runs", "list", .. state], formats: [], mustShow: false);
        Run(["runs", "show", .. state], formats: ["json"], mustShow: false);
        Run(["runs", "report", .. state], formats: ["json"]);
        Run(["runs", "report", .. state, "--format", "html"], formats: []);
        Run(["verify", .. clusters]);
        Run(["extract", "--source", source.Address.ToString(), "--archive", archive, .. state], formats: [], mustShow: false);
        Run(["archive", "inspect", archive], formats: [], mustShow: false);
        Run(["archive", "verify", archive], formats: [], mustShow: false);
        Run(["archive", "diff", archive, Recordings.Archive("1.8.7-world-full")], formats: ["json"]);
        Run(["archive", "convert", archive, "--to", "1.9.0", "--out", _folder.File("converted.pachx")], formats: [], mustShow: false);
        Run(["rehearse", Plan, "--archive", archive], formats: ["json"]);
        Run(["rollback", .. state, "--yes"], formats: [], mustShow: false);
        HostileText.AssertSafe(File.ReadAllText(Directory.EnumerateFiles(_folder.File("state"), "report.md", SearchOption.AllDirectories).Last()), "report.md");
    }

    [Fact]
    public async Task Packages_of_feeds()
    {
        await using var feed = await TestFeed.StartAsync();
        feed.OnRequest = context => context.Request.Path.Value!.EndsWith("index.json", StringComparison.Ordinal)
            ? context.Response.WriteAsJsonAsync(new
            {
                version = "3.0.0",
                resources = new Dictionary<string, string>[]
                {
                    new() { ["@id"] = feed.Url.Replace("index.json", "flat/", StringComparison.Ordinal), ["@type"] = "PackageBaseAddress/3.0.0" },
                    new() { ["@id"] = feed.Url.Replace("index.json", "search", StringComparison.Ordinal), ["@type"] = "SearchQueryService/3.5.0" },
                },
            })
            : context.Response.WriteAsJsonAsync(new
            {
                totalHits = 1,
                data = new[] { new { id = "Acme.Plugin", version = "1.0.0", description = HostileText.Whole, authors = new[] { HostileText.Whole }, versions = Array.Empty<object>() } },
            });

        Run(["plugin", "search", "acme", "--feed", feed.Url]);
    }

    private static async Task FillAsync(SandboxCluster cluster)
    {
        using var builder = new ClusterBuilder(cluster.Address);
        await builder.CreateRepoAsync("images", HostileText.Whole);
        await builder.CommitFileAsync("images", "master", "/a", "content");
        await builder.CommitFileAsync("images", HostileText.Short, "/a", "content");
        await builder.StartCommitAsync("images", $"{HostileText.Short}-open");
        await builder.CreatePipelineAsync("edges", "images", more: request =>
        {
            request.Description = HostileText.Whole;
            request.Transform.Cmd.Add(HostileText.Whole);
            request.Transform.Env.Add("A", HostileText.Whole);
        });
    }

    /// <summary>Runs a command for people and in other formats, with a log, and looks at everything that it wrote.</summary>
    private void Run(string[] arguments, bool mustShow = true, string[]? formats = null)
    {
        var log = _folder.File($"{Guid.NewGuid():N}.log");
        var what = SafeText.Of($"pachup {string.Join(' ', arguments)}");
        var text = CommandRun.Of([.. arguments, "--log-file", log]);
        HostileText.AssertSafe(text.Answer, what);
        HostileText.AssertSafe(text.Messages, what);
        HostileText.AssertSafe(File.Exists(log) ? File.ReadAllText(log) : "", $"{what}: the log");
        if (mustShow)
        {
            HostileText.AssertShown(text.Answer + text.Messages, what);
        }

        foreach (var format in formats ?? ["jsonl"])
        {
            var document = CommandRun.Of([.. arguments, "--output", format]);
            HostileText.AssertSafe(document.Messages, what);
            if (document.ExitCode != ExitCode.UsedWrongly)
            {
                HostileText.AssertJson(document.Answer, $"{what} --output {format}");
            }
        }
    }
}
