using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;

namespace PachUp.Sandbox.Server.Pps;

/// <summary>Deletes pipelines with their output repos, specs, jobs and cron repos. What was deleted before an error stays deleted.</summary>
internal sealed class PipelineRemover(Pachd pachd, PpsTraits traits, PipelineStore pipelines, Jobs jobs, Repos repos, Branches branches)
{
    private const string SpecRepoDescription = "Spec repo";

    public void Delete(DeletePipelineRequest request)
    {
        var names = request.All ? pipelines.Names() : [ServerCrash.IfNull(request.Pipeline).Name];
        foreach (var name in names)
        {
            Delete(name, request.Force);
        }
    }

    /// <summary>Deletes all pipelines and jobs, and empties the repo of the specs.</summary>
    public void DeleteAll()
    {
        Delete(new DeletePipelineRequest { All = true, Force = true });
        jobs.DeleteAll();
        repos.Delete(Refs.Repo(Refs.SpecRepo), force: true);
        repos.Create(Refs.Repo(Refs.SpecRepo), SpecRepoDescription, update: false);
    }

    private void Delete(string name, bool force)
    {
        if (!pipelines.Exists(name))
        {
            DeleteLeftSpec(name);
            return;
        }

        var inputs = InputsOf(name);
        if (pachd.Metadata.InTransaction(() => pachd.Metadata.Repos.Contains(name)))
            repos.Delete(Refs.Repo(name), force);

        jobs.DeleteOf(name);
        branches.Delete(Refs.Branch(Refs.SpecRepo, name), force);
        pipelines.Forget(name);
        foreach (var cron in PipelineInputs.All(inputs).Select(input => input.Cron).OfType<CronInput>())
        {
            repos.Delete(Refs.Repo(cron.Repo), force);
        }
    }

    /// <summary>Deletes the rest of a pipeline whose creation failed: the branch of its spec.</summary>
    private void DeleteLeftSpec(string name)
    {
        if (!traits.DeletesUnknownPipelines)
            FindSpecBranch(name);

        branches.Delete(Refs.Branch(Refs.SpecRepo, name), force: true);
    }

    private void FindSpecBranch(string name)
    {
        try
        {
            branches.Inspect(Refs.Branch(Refs.SpecRepo, name));
        }
        catch (PachdError e)
        {
            throw e.WithPrefix($"pipeline {name} was not found: ");
        }
    }

    private Input? InputsOf(string name)
    {
        try
        {
            return pipelines.Inspect(new Pipeline { Name = name }).Input;
        }
        catch (PachdError)
        {
            // A pipeline with an unreadable spec can be deleted too. Its cron repos are not known then, and stay.
            return null;
        }
    }
}
