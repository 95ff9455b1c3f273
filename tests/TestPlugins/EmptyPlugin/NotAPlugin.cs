using PachUp.Sdk;

namespace EmptyPlugin;

/// <summary>Refers to the contract, and is no plugin.</summary>
public static class NotAPlugin
{
    public static StepPreview Nothing { get; } = new("nothing");
}
