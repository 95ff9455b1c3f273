using PachUp.Pachyderm.Connections;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>
/// Runs every shipped plan with clusters whose objects can be read through the public port, through the peer port, or not at all. The clusters have
/// the same content afterwards, and the plan lists what could not be checked.
/// </summary>
public sealed class AccessMatrixTests
{
    private static readonly IReadOnlyList<MatrixPlan> AllPlans = [.. MatrixPlan.All.SelectMany(plan => new[] { plan, plan.WithObjects }.OfType<MatrixPlan>())];

    public static TheoryData<string> Plans => [.. AllPlans.Select(plan => plan.Name)];

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task A_plan_has_the_same_result_for_every_object_access(string name)
    {
        var plan = AllPlans.Single(plan => plan.Name == name);

        // Most of the time, a run waits for its clusters.
        var ends = await Task.WhenAll(Enum.GetValues<ObjectAccessKind>().Select(access => EndAsync(plan with { Access = access })));

        Assert.Equal(3, ends.Length);
        Assert.All(ends, end => Assert.Equal(ends[0], end));
    }

    /// <summary>The content of all clusters after the plan.</summary>
    private static async Task<string> EndAsync(MatrixPlan plan)
    {
        await using var environment = await MatrixEnvironment.StartAsync(plan);

        var outcome = await environment.RunAsync(environment.Arguments);

        outcome.Expect(0).Answers(plan.Access switch
        {
            ObjectAccessKind.Open => "objects: open",
            ObjectAccessKind.Peer => "objects: closed on the public port, reached through the peer port",
            _ => "objects: closed (no peer port given)",
        });
        Assert.True(plan.Access != ObjectAccessKind.None || !outcome.Answer.Contains("objects 0", StringComparison.Ordinal), outcome.Answer);
        return await environment.EverythingAsync();
    }
}
