namespace PachUp.Engine.Steps;

/// <summary>Arguments of a step that writes the state of the source to an archive.</summary>
internal interface IExtractArguments
{
    /// <summary>Whether objects and tags are in it.</summary>
    bool Objects { get; }

    /// <summary>The archive file.</summary>
    string To { get; }
}
