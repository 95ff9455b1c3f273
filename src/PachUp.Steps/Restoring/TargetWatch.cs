using PachUp.Common.Text;
using PachUp.Pachyderm.Connections;
using PachUp.Sdk;

namespace PachUp.Steps.Restoring;

/// <summary>
/// Looks at the target before each call. A lock excludes the other runs of a machine, but not a person with <c>pachctl</c>, nor a run on another machine:
/// what is there and was not sent by this run came from one of them.
/// </summary>
/// <param name="client">The target.</param>
internal sealed class TargetWatch(PachdClient client)
{
    /// <summary>Looks once.</summary>
    /// <param name="sent">The repos that the sent operations create.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    /// <exception cref="StepFailedException">There are other repos. Nothing more may be sent.</exception>
    public async Task ThrowIfForeignAsync(IReadOnlySet<string> sent, CancellationToken cancellationToken)
    {
        var repos = await client.ListReposAsync(cancellationToken);
        var foreign = repos.Select(info => info.Repo.Name).Where(name => !sent.Contains(name)).Order(StringComparer.Ordinal).ToList();
        if (foreign.Count > 0)
        {
            throw StepFailedException.Refused(
                $"somebody else is writing to the target at {client.Address}: it has {Words.Count(foreign.Count, "repo")} that this run did not create "
                    + $"({Words.FirstOf(foreign)})",
                "Find out who that is, and stop them. If you remove exactly these repos, the run can be resumed. Otherwise roll it back, and start a new run "
                + "into a target on fresh metadata storage. The source is complete.");
        }
    }
}
