using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Sandbox.Server.Pps;

/// <summary>The inputs with a trigger. Such an input reads a branch of its own, which the trigger moves.</summary>
internal static class TriggerInputs
{
    /// <summary>The inputs with a trigger, in the order of the spec.</summary>
    public static IEnumerable<PFSInput> Of(PipelineInfo info) =>
        PipelineInputs.All(info.Input).Select(input => input.Pfs).OfType<PFSInput>().Where(input => input.Trigger is not null);

    /// <summary>Gives each of them the branch that it reads. Its trigger watches the branch that it named before, unless it names another.</summary>
    public static void Name(PipelineInfo info)
    {
        foreach (var (input, index) in Of(info).Select((input, index) => (input, index)))
        {
            if (input.Trigger.Branch.Length == 0)
                input.Trigger.Branch = input.Branch;

            input.Branch = $"{info.Pipeline.Name}-trigger-{index + 1}";
        }
    }
}
