using System.Collections.Immutable;
using System.Text.RegularExpressions;
using PachUp.Engine.Plugins.Assemblies;
using PachUp.Engine.Steps;
using PachUp.Engine.Steps.Failing;
using PachUp.Sdk;

namespace PachUp.Engine.Plugins;

/// <summary>Collects what one plugin offers. Nothing of it is used until everything is valid.</summary>
/// <param name="origin">The name of the plugin in messages: its file, or the name of a built-in plugin.</param>
/// <param name="activity">Records that one of its steps is running.</param>
internal sealed partial class PluginRegistry(string origin, PluginActivity activity) : IPluginRegistry
{
    private readonly List<Claim> _claims = [];

    public string Origin => origin;

    /// <summary>The names that the plugin offers, in order.</summary>
    public IReadOnlyList<Claim> Claims => _claims;

    public List<StepDescriptor> Steps { get; } = [];

    public List<ICheck> Checks { get; } = [];

    public List<MigrationRoute> Routes { get; } = [];

    public List<IPlatform> Platforms { get; } = [];

    public void AddStep<TArguments>(IStep<TArguments> step)
        where TArguments : class
    {
        RequireName(step.Name, StepName(), "step", "pack/step");
        Steps.Add(StepDescriptor.For(step, origin, activity));
        _claims.Add(new Claim(Claim.Step, step.Name));
    }

    public void AddCheck(ICheck check)
    {
        RequireName(check.Name, SimpleName(), "check", "open-commits");
        Checks.Add(check);
        _claims.Add(new Claim(Claim.Check, check.Name));
    }

    public void AddRoute(MigrationRoute route)
    {
        Routes.Add(route);
        _claims.Add(new Claim(Claim.Route, NameOf(route)));
    }

    public void AddPlatform(IPlatform platform)
    {
        RequireName(platform.Name, SimpleName(), "platform", "kubernetes");
        Platforms.Add(platform);
        _claims.Add(new Claim(Claim.Platform, platform.Name));
    }

    public ImmutableArray<string> NamesOf(string kind) => [.. _claims.Where(claim => claim.Kind == kind).Select(claim => claim.Name)];

    private static string NameOf(MigrationRoute route) => $"{route.From} -> {route.To}";

    private static void RequireName(string name, Regex valid, string kind, string example)
    {
        if (!valid.IsMatch(name))
        {
            throw new PluginException(
                $"The plugin offers a {kind} with the name \"{name}\". A name must have only lower-case letters, digits and dashes.",
                $"Ask its author to choose a name such as \"{example}\".");
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$")]
    private static partial Regex StepName();

    [GeneratedRegex("^[a-z][a-z0-9-]*$")]
    private static partial Regex SimpleName();
}

/// <summary>A name that a plugin offers.</summary>
/// <param name="Kind">What has the name: one of the constants.</param>
/// <param name="Name">The name.</param>
internal sealed record Claim(string Kind, string Name)
{
    public const string Step = "step";
    public const string Check = "check";
    public const string Route = "route";
    public const string Platform = "platform";

    public override string ToString() => $"{Kind} \"{Name}\"";
}
