using PachUp.Engine.Plugins;
using PachUp.Engine.Plugins.Assemblies;

namespace PachUp.Engine.Tests.Plugins;

public class RegistrationWatchTests
{
    private readonly TaskCompletionSource _registering = new();

    [Fact]
    public void A_plugin_that_waits_is_given_up()
    {
        var looks = 0;

        var given = Assert.Throws<PluginException>(() => Watch(() => looks++ * TimeSpan.FromMilliseconds(0.2)).Wait(_registering.Task));

        Assert.Equal("The plugin waits for something and did not register its steps: it did nothing for 30 s.", given.Message);
        Assert.Equal(301, looks);
    }

    [Fact]
    public void A_plugin_that_loops_is_given_up()
    {
        var looks = 0;

        var given = Assert.Throws<PluginException>(() => Watch(() => looks++ * TimeSpan.FromMilliseconds(100)).Wait(_registering.Task));

        Assert.Equal("The plugin used 20 s of processor time and did not register its steps.", given.Message);
        Assert.Equal(202, looks);
    }

    [Fact]
    public void A_plugin_that_gets_little_of_a_busy_machine_may_take_any_time()
    {
        // Half a millisecond of work between two looks. In a process, 3,000 looks take at least 5 minutes.
        var looks = 0;
        var watch = Watch(() =>
        {
            if (++looks == 3_000)
            {
                _registering.SetResult();
            }

            return looks * TimeSpan.FromMilliseconds(0.5);
        });

        watch.Wait(_registering.Task);

        Assert.Equal(3_000, looks);
    }

    /// <summary>A watch that does not pause.</summary>
    private static RegistrationWatch Watch(Func<TimeSpan> processorTime) => new(processorTime) { Pause = TimeSpan.Zero };
}
