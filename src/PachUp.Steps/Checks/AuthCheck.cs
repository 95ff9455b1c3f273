using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>Access control is in no extract of these releases.</summary>
internal sealed class AuthCheck : ICheck
{
    public string Name => "auth";

    public string Question => "Is access control active on the source?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "Who may do what is in no extract of these releases: after a migration everybody may do everything, until access control is "
            + "activated and set up again.",
        WhenPassed = "Access control is not active, so there is nothing to carry.",
        WhenWarned = "It is active. Admins and the rights on repos are named one by one; set them again on the target. Tokens cannot be read: "
            + "people log in again, and robots get new ones.",
    };

    public bool IsAbout(PlanPurpose purpose) => purpose is PlanPurpose.Migration or PlanPurpose.Reload or PlanPurpose.Backup;

    public bool NeedsLiveSource => true;

    public async Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var client = context.Source.Connect();
        var user = await client.GetAuthenticatedUserAsync(cancellationToken);
        return user is null
            ? CheckResult.Passed("Access control is not active")
            : CheckResult.Warning(
                $"access control is active on the source (we are \"{user}\"), and none of it is part of an extract",
                "Activate it on the target and set these again; all tokens are lost, so people have to log in again.",
                await ListLossesAsync(client, context.Survey.Source, cancellationToken));
    }

    private static async Task<IReadOnlyList<string>> ListLossesAsync(
        PachdClient client, ClusterInventory source, CancellationToken cancellationToken)
    {
        var losses = (await client.ListAdminsAsync(cancellationToken)).Select(admin => $"admin {admin}").ToList();
        foreach (var repo in source.Repos)
        {
            var rights = await client.ListRightsAsync(repo.Name, cancellationToken);
            losses.AddRange(rights.Select(right => $"repo {repo.Name}: {right.Subject} is {right.Scope}"));
        }

        return losses;
    }
}
