using PachUp.Engine.Plans;

namespace PachUp.Cli.Options;

/// <summary>What the command line changes in a plan, as options.</summary>
internal static class PlanArguments
{
    public static IEnumerable<string> Of(PlanOverrides overrides) =>
    [
        .. Option("--source", overrides.Source),
        .. Option("--target", overrides.Target),
        .. overrides.InPlace ? new[] { MigrationCommandOptions.InPlaceOption } : [],
        .. overrides.Accept.SelectMany(check => Option(MigrationCommandOptions.AcceptOption, check)),
        .. Option("--source-peer", overrides.SourcePeer),
        .. Option("--target-peer", overrides.TargetPeer),
        .. Option("--platform", overrides.Platform),
        .. PlatformOptions.ArgumentsFor(overrides),
        .. Option("--to", overrides.To),
        .. overrides.Set.SelectMany(setting => Option("--set", setting)),
        .. overrides.Secrets.SelectMany(place => Option("--secret", place)),
    ];

    public static IEnumerable<string> Option(string name, string? value) => value is null ? [] : [name, value];
}
