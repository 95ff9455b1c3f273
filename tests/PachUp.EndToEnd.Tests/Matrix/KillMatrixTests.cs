using System.Globalization;
using Xunit.Abstractions;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>
/// Kills the tool with -9 in every shipped plan. By default at a few records and moments of each, chosen by a seed; with PACHUP_MATRIX=all behind every
/// single record, once to go on and once to go back, and at ten random moments inside every extract and restore:
/// <c>PACHUP_MATRIX=all dotnet test tests/PachUp.EndToEnd.Tests --filter KillMatrixTests --logger "console;verbosity=detailed"</c>.
/// PACHUP_MATRIX_SEED repeats what another run chose.
/// </summary>
public sealed class KillMatrixTests(ITestOutputHelper output)
{
    private const int Attempts = 4;

    private static bool IsWhole => Environment.GetEnvironmentVariable("PACHUP_MATRIX") == "all";

    private static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("PACHUP_MATRIX_SEED"), CultureInfo.InvariantCulture, out var seed)
        ? seed
        : Environment.ProcessId;

    public static TheoryData<string> Plans => [.. MatrixPlan.All.Select(plan => plan.Name)];

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task Killed_anywhere_a_run_goes_on_to_the_same_end_and_back_to_the_same_beginning(string name)
    {
        var matrix = new KillMatrix(MatrixPlan.All.Single(plan => plan.Name == name), output.WriteLine);
        await matrix.RunUndisturbedAsync();
        output.WriteLine($"{name}: {matrix.Records.Count} records, seed {Seed}");

        await (IsWhole ? KillEverywhereAsync(matrix) : KillHereAndThereAsync(matrix));

        output.WriteLine($"{name}: {matrix.Figures.Describe(matrix.Records.Count)}");
    }

    private static async Task KillHereAndThereAsync(KillMatrix matrix)
    {
        var random = new Random(Seed);
        await matrix.ResumeAsync(random.Next(1, matrix.Records.Count + 1));
        await matrix.RollBackAsync(random.Next(1, matrix.Records.Count + 1));
        foreach (var record in Moments(matrix).Order().Take(1))
        {
            await matrix.ResumeAsync(record, RandomDelay(random));
        }
    }

    private static async Task KillEverywhereAsync(KillMatrix matrix)
    {
        for (var record = 1; record <= matrix.Records.Count; record++)
        {
            await UntilHitAsync(matrix, record, matrix.ResumeAsync);
            await UntilHitAsync(matrix, record, matrix.RollBackAsync);
        }

        var random = new Random(Seed);
        foreach (var record in Moments(matrix).SelectMany(record => Enumerable.Repeat(record, 10)))
        {
            await matrix.ResumeAsync(record, RandomDelay(random));
            await matrix.RollBackAsync(record, RandomDelay(random));
        }
    }

    /// <summary>A process that is killed may still have written the next record; then it is tried again.</summary>
    private static async Task UntilHitAsync(KillMatrix matrix, int record, Func<int, TimeSpan, Task> kill)
    {
        for (var attempt = 0; attempt < Attempts && (attempt == 0 || !matrix.Figures.Points.Contains(record)); attempt++)
        {
            await kill(record, TimeSpan.Zero);
        }
    }

    /// <summary>The records that say that an extract or a restore begins.</summary>
    private static IEnumerable<int> Moments(KillMatrix matrix) => matrix.Records
        .Where(record => record.Event == Engine.Runs.JournalEvent.StepStarted && (record.Step.Contains("extract", StringComparison.Ordinal) || record.Step.Contains("restore", StringComparison.Ordinal)))
        .Select(record => (int)record.Seq);

    private static TimeSpan RandomDelay(Random random) => TimeSpan.FromMilliseconds(random.NextDouble() * 400);
}
