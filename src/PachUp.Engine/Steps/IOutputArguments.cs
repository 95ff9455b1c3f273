using PachUp.Sdk;

namespace PachUp.Engine.Steps;

/// <summary>Arguments of a step that fills the target.</summary>
internal interface IOutputArguments
{
    /// <summary>What happens to the output of pipelines.</summary>
    OutputChoice Outputs { get; }
}
