using System.Globalization;
using PachUp.Pachyderm.Connections;
using Xunit.Abstractions;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>
/// Kills the tool with -9 in every shipped plan. By default it kills at one random point of every second plan. With PACHUP_MATRIX=all it kills after
/// every record, once to resume and once to roll back, and at random moments in every step that moves data:
/// <c>PACHUP_MATRIX=all dotnet test tests/PachUp.EndToEnd.Tests --filter KillMatrixTests --logger "console;verbosity=detailed"</c>.
/// PACHUP_MATRIX_SEED sets the seed of the random choices.
/// </summary>
public sealed class KillMatrixTests(ITestOutputHelper output)
{
    private const int Attempts = 4;
    private const int MomentsOfEachStep = 4;

    internal static bool IsWhole => Environment.GetEnvironmentVariable("PACHUP_MATRIX") == "all";

    /// <summary>The seed of the random choices. It is fixed by default, so that a failed run can be repeated.</summary>
    internal static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("PACHUP_MATRIX_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 0;

    public static TheoryData<string> Plans => [.. MatrixPlan.All.Where((_, number) => IsWhole || (number + Seed) % 2 == 0).Select(plan => plan.Name)];

    /// <summary>Without this test, a plan that cannot be prepared would be skipped without a message.</summary>
    [Fact]
    public async Task Every_shipped_plan_can_be_prepared_for_kill_tests()
    {
        await Parallel.ForEachAsync(MatrixPlan.All, async (plan, _) =>
        {
            await using var environment = await MatrixEnvironment.StartAsync(plan);
            (await environment.RunAsync([.. environment.Arguments, "--dry-run"])).Expect(0);
        });
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task A_run_killed_anywhere_can_be_resumed_or_rolled_back_with_the_same_result(string name)
    {
        var (number, plan) = MatrixPlan.All.Index().Single(entry => entry.Item.Name == name);
        var matrix = new KillMatrix(plan with { Access = (ObjectAccessKind)((number + Seed) % 3) }, output.WriteLine);
        await matrix.RunUndisturbedAsync();
        var random = new Random(Seed + number);
        output.WriteLine($"{name}: {matrix.Records.Count} records, seed {Seed}");

        await (IsWhole ? KillEverywhereAsync(matrix, random) : KillSomewhereAsync(matrix, random));

        output.WriteLine($"{name}: {matrix.Figures.Describe(matrix.Records.Count)}");
    }

    private static Task KillSomewhereAsync(KillMatrix matrix, Random random)
    {
        var isInside = random.Next(3) == 0;
        var record = isInside ? random.GetItems([.. matrix.LongStepsBegin], 1)[0] : random.Next(1, matrix.Records.Count + 1);
        var delay = isInside ? RandomDelay(random) : TimeSpan.Zero;
        return random.Next(2) == 0 ? matrix.ResumeAsync(record, delay) : matrix.RollBackAsync(record, delay);
    }

    private static async Task KillEverywhereAsync(KillMatrix matrix, Random random)
    {
        for (var record = 1; record <= matrix.Records.Count; record++)
        {
            await UntilHitAsync(matrix, record, matrix.ResumeAsync);
            await UntilHitAsync(matrix, record, matrix.RollBackAsync);
        }

        foreach (var record in matrix.LongStepsBegin.SelectMany(record => Enumerable.Repeat(record, MomentsOfEachStep)))
        {
            await matrix.ResumeAsync(record, RandomDelay(random));
            await matrix.RollBackAsync(record, RandomDelay(random));
        }
    }

    /// <summary>A killed process may have written the next record first. Then the kill is repeated.</summary>
    private static async Task UntilHitAsync(KillMatrix matrix, int record, Func<int, TimeSpan, Task> kill)
    {
        for (var attempt = 0; attempt < Attempts && (attempt == 0 || !matrix.Figures.Points.Contains(record)); attempt++)
        {
            await kill(record, TimeSpan.Zero);
        }
    }

    private static TimeSpan RandomDelay(Random random) => TimeSpan.FromMilliseconds(random.NextDouble() * 400);
}
