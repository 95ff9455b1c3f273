using PachUp.Pachyderm.Connections;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>
/// Carries every shipped plan out with clusters whose objects are reached through the public port, through the peer port, and not at all. What the
/// clusters hold afterwards is the same, and what could not be known is said.
/// </summary>
public sealed class AccessMatrixTests
{
    private static readonly IReadOnlyList<MatrixPlan> AllPlans = [.. MatrixPlan.All.SelectMany(plan => new[] { plan, plan.WithObjects }.OfType<MatrixPlan>())];

    public static TheoryData<string> Plans => [.. AllPlans.Select(plan => plan.Name)];

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task However_objects_are_reached_a_plan_ends_the_same(string name)
    {
        var plan = AllPlans.Single(plan => plan.Name == name);
        var ends = new List<string>();
        foreach (var access in new[] { ObjectAccessKind.Open, ObjectAccessKind.Peer, ObjectAccessKind.None })
        {
            await using var stage = await MatrixStage.StartAsync(plan with { Access = access });

            var outcome = await stage.RunAsync(stage.Arguments);

            outcome.Expect(0).Answers(access switch
            {
                ObjectAccessKind.Open => "objects: open",
                ObjectAccessKind.Peer => "objects: closed on the public port, reached through the peer port",
                _ => "objects: closed (no peer port given)",
            });
            Assert.True(access != ObjectAccessKind.None || !outcome.Answer.Contains("objects 0", StringComparison.Ordinal), outcome.Answer);
            ends.Add(await stage.EverythingAsync());
        }

        Assert.All(ends, end => Assert.Equal(ends[0], end));
    }
}
