using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Inventories;
using PachUp.Sdk;

namespace PachUp.Steps.Checks;

/// <summary>Checks whether access control is active: no extract of these releases contains it.</summary>
internal sealed class AuthCheck : ICheck
{
    public string Name => "auth";

    public string Question => "Is access control active on the source?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "No extract of these releases contains access control. After a migration everyone has all rights until you activate access control "
            + "and set the rights again.",
        WhenPassed = "Access control is not active, so there is nothing to set again.",
        WhenWarned = "Access control is active. The check names every admin and every right on a repo; set them again on the target. Tokens cannot "
            + "be read: people log in again, and robots get new tokens.",
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
                $"access control is active on the source (PachUp is logged in as \"{user}\"), and an extract does not contain it",
                "Activate access control on the target and set these rights again. All tokens are lost, so everyone has to log in again.",
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
