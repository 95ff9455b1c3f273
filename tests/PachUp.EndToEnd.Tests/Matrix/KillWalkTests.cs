using System.Globalization;
using Xunit.Abstractions;

namespace PachUp.EndToEnd.Tests.Matrix;

/// <summary>
/// Random walks of killed commands through all shipped plans. Each walk has its own seed, which is printed. By default there is one walk. PACHUP_WALKS sets
/// the number, PACHUP_MATRIX_SEED the seed of the first one:
/// <c>PACHUP_WALKS=200 dotnet test tests/PachUp.EndToEnd.Tests --filter KillWalkTests --logger "console;verbosity=detailed"</c>.
/// </summary>
public sealed class KillWalkTests(ITestOutputHelper output)
{
    private static int Walks { get; } = int.TryParse(Environment.GetEnvironmentVariable("PACHUP_WALKS"), CultureInfo.InvariantCulture, out var count) ? count : 1;

    [Fact]
    public async Task However_often_commands_are_killed_the_end_is_that_of_an_undisturbed_run_or_the_source_as_it_was()
    {
        var undisturbed = new Dictionary<string, string>();
        var kills = 0;
        for (var seed = KillMatrixTests.Seed; seed < KillMatrixTests.Seed + Walks; seed++)
        {
            var random = new Random(seed);
            var plan = random.GetItems([.. MatrixPlan.All], 1)[0];
            if (!undisturbed.TryGetValue(plan.Name, out var after))
            {
                after = undisturbed[plan.Name] = await AfterUndisturbedAsync(plan);
            }

            var walk = new KillWalk(plan, random);
            try
            {
                await walk.RunAsync(after);
            }
            finally
            {
                output.WriteLine($"seed {seed}: {plan.Name}: {walk.Path}");
            }

            kills += walk.Kills;
        }

        output.WriteLine($"{Walks} walks from seed {KillMatrixTests.Seed}: {kills} commands killed");
    }

    private static async Task<string> AfterUndisturbedAsync(MatrixPlan plan)
    {
        await using var environment = await MatrixEnvironment.StartAsync(plan);
        (await environment.RunAsync(environment.Arguments)).Expect(0);
        return await environment.EverythingAsync();
    }
}
