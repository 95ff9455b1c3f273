namespace PachUp.Sdk;

/// <summary>Arguments of a step that fills the target and chooses what happens to the output of pipelines.</summary>
public interface IChoosesOutputs
{
    /// <summary>What happens to the output of pipelines.</summary>
    OutputChoice Outputs { get; }
}
