namespace PachUp.Pachyderm;

/// <summary>What an operation creates. The values are the field numbers in the message of every generation.</summary>
public enum OperationKind
{
    /// <summary>A field that no known release sends.</summary>
    Unknown = 0,

    /// <summary>A part of an object's content, or, with an empty value, the end of an object (<c>pfs.PutObjectRequest</c>).</summary>
    Object = 2,

    /// <summary>Tags for an object (<c>pfs.TagObjectRequest</c>).</summary>
    Tag = 3,

    /// <summary>A repo (<c>pfs.CreateRepoRequest</c>).</summary>
    Repo = 4,

    /// <summary>A commit (<c>pfs.BuildCommitRequest</c>).</summary>
    Commit = 5,

    /// <summary>A branch (<c>pfs.CreateBranchRequest</c>).</summary>
    Branch = 6,

    /// <summary>A pipeline (<c>pps.CreatePipelineRequest</c>).</summary>
    Pipeline = 7,

    /// <summary>A job, from 1.9.6 on (<c>pps.CreateJobRequest</c>).</summary>
    Job = 8,

    /// <summary>An object as a range of a block, from 1.9.6 on (<c>pfs.CreateObjectRequest</c>).</summary>
    CreateObject = 9,

    /// <summary>A part of a block's content, from 1.9.6 on (<c>pfs.PutBlockRequest</c>).</summary>
    Block = 10,

    /// <summary>Access control of a repo, from 1.11 on.</summary>
    SetAcl = 11,

    /// <summary>Cluster roles, from 1.11 on.</summary>
    SetClusterRoleBinding = 12,

    /// <summary>Configuration of access control, from 1.11 on.</summary>
    SetAuthConfig = 13,

    /// <summary>Activation of access control, from 1.11 on.</summary>
    ActivateAuth = 14,

    /// <summary>A token, from 1.11 on.</summary>
    RestoreAuthToken = 15,

    /// <summary>Activation of the enterprise features, from 1.11 on.</summary>
    ActivateEnterprise = 16,

    /// <summary>A question for the restoring server, from 1.11 on.</summary>
    CheckAuthToken = 17,
}
