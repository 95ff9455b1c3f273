namespace PachUp.Sdk;

/// <summary>Arguments of a step that copies the source's bucket for the target before the target is filled.</summary>
public interface ICopiesBucket
{
    /// <summary>Whether the step has something to copy: the plan names both buckets.</summary>
    bool CopiesBucket { get; }
}
