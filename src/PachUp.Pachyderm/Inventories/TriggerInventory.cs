namespace PachUp.Pachyderm.Inventories;

/// <summary>The trigger of a branch, from 1.12 on: conditions under which pachd makes the head of another branch of the repo the head of this one.</summary>
/// <param name="Branch">The branch whose new commits are looked at.</param>
/// <param name="All">Whether all conditions have to hold; otherwise one of them.</param>
/// <param name="CronSpec">When the branch moves, as a cron schedule; empty for no such condition.</param>
/// <param name="Size">How much was added since the last move, such as <c>1G</c>; empty for no such condition.</param>
/// <param name="Commits">How many commits were added since the last move; 0 for no such condition.</param>
public sealed record TriggerInventory(string Branch, bool All, string CronSpec, string Size, long Commits)
{
    /// <summary>The trigger in words, such as <c>master, cron "@every 24h"</c>.</summary>
    public override string ToString() => string.Join(", ", Parts());

    private IEnumerable<string> Parts()
    {
        yield return Branch;
        if (CronSpec.Length > 0)
        {
            yield return $"cron \"{CronSpec}\"";
        }

        if (Size.Length > 0)
        {
            yield return $"size {Size}";
        }

        if (Commits > 0)
        {
            yield return $"commits {Commits}";
        }

        if (All)
        {
            yield return "all conditions";
        }
    }
}
