namespace PachUp.Outside.Tests;

/// <summary>What the README of the contract tells somebody to do who writes a plugin.</summary>
public sealed class PluginFromTemplateTests : IDisposable
{
    private static readonly string[] Packages =
        ["PachUp.Common", "PachUp.Pachyderm", "PachUp.Sdk", "PachUp.Sdk.Platforms", "PachUp.Rewriting", "PachUp.Verification", "PachUp.Steps", "PachUp.Engine", "PachUp.Sandbox", "PachUp.Sdk.Testing", "PachUp.Templates", "PachUp"];

    private readonly Stranger _stranger = new();

    public void Dispose() => _stranger.Dispose();

    [Fact]
    public async Task A_plugin_is_made_changed_tested_packed_installed_and_used()
    {
        foreach (var package in Packages)
        {
            await _stranger.PackAsync(package);
        }

        // From the template, with a rule of its own.
        await _stranger.DotnetAsync(".", "new", "install", "PachUp.Templates");
        await _stranger.DotnetAsync(".", "new", "pachup-plugin", "--name", "Contoso.Quiet");
        Change("Contoso.Quiet/Contoso.Quiet/DescriptionNote.cs", "(moved to ", "(brought quietly to ");

        await _stranger.DotnetAsync("Contoso.Quiet", "test", "-warnaserror");
        await _stranger.DotnetAsync("Contoso.Quiet", "pack", "Contoso.Quiet", "--output", "packages");

        await _stranger.DotnetAsync(".", "tool", "install", "PachUp", "--tool-path", _stranger.ToolFolder);
        await _stranger.PachupAsync("plugin", "install", "Contoso.Quiet", "--feed", Path.Combine(_stranger.WorkingDirectory, "Contoso.Quiet", "packages"), "--yes");
        var listed = await _stranger.PachupAsync("plugin", "list");
        var applied = await _stranger.PachupAsync("apply", "contoso-quiet-1.8-to-1.10", "--sandbox", "--yes");

        Assert.Contains("Contoso.Quiet 1.0.0", listed, StringComparison.Ordinal);
        Assert.Contains("(brought quietly to 1.10)", applied, StringComparison.Ordinal);
        Assert.Contains("pipelines 25 of 25", applied, StringComparison.Ordinal);

        // The worked example of .github/CONTRIBUTING.md.
        await _stranger.PachupAsync("plugin", "new", "Contoso.Pair", "--pair", "1.9", "1.11");
        await _stranger.DotnetAsync("Contoso.Pair", "build", "-warnaserror");
    }

    private void Change(string file, string from, string to)
    {
        var path = Path.Combine(_stranger.WorkingDirectory, file);
        var text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }
}
