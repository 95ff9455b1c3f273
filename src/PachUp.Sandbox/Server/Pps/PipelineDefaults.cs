using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;

namespace PachUp.Sandbox.Server.Pps;

/// <summary>The defaults that pachd fills into a spec.</summary>
internal sealed class PipelineDefaults(Pachd pachd, PpsTraits traits)
{
    private const string Image = "ubuntu:16.04";
    private const string CacheSize = "64M";
    private const string ServiceType = "NodePort";
    private const string ReprocessSpec = "until_success";
    private const int DatumTries = 3;

    public void Fill(PipelineInfo info)
    {
        var transform = ServerCrash.IfNull(info.Transform);
        transform.Image = Or(transform.Image, Image);
        foreach (var input in PipelineInputs.All(info.Input))
        {
            Fill(info, input);
        }

        info.OutputBranch = Or(info.OutputBranch, Refs.MasterBranch);
        info.CacheSize = Or(info.CacheSize, CacheSize);
        if (traits.RequestsCacheMemory)
            info.ResourceRequests ??= new ResourceSpec { Memory = info.CacheSize };

        info.MaxQueueSize = Math.Max(info.MaxQueueSize, 1);
        info.DatumTries = info.DatumTries == 0 ? DatumTries : info.DatumTries;
        if (traits.HasReprocessSpecs)
            info.ReprocessSpec = Or(info.ReprocessSpec, ReprocessSpec);

        if (info.Service is { } service && traits.HasServiceTypes)
            service.Type = Or(service.Type, ServiceType);

        if (info.Spout?.Service is { } spoutService && traits.HasServiceTypes)
            spoutService.Type = Or(spoutService.Type, ServiceType);
    }

    private void Fill(PipelineInfo info, Input input)
    {
        if (input.Pfs is { } pfs)
        {
            pfs.Branch = Or(pfs.Branch, Refs.MasterBranch);
            pfs.Name = Or(pfs.Name, pfs.Repo);
        }

        if (input.Atom is { } atom)
        {
            atom.Branch = Or(atom.Branch, Refs.MasterBranch);
            atom.Name = Or(atom.Name, atom.Repo);
        }

        if (input.Cron is { } cron)
        {
            cron.Start ??= pachd.Now();
            cron.Repo = PipelineInputs.RepoOf(info, cron);
        }

        if (input.Git is { } git)
        {
            git.Branch = Or(git.Branch, Refs.MasterBranch);
            git.Name = Or(git.Name, git.Url[(git.Url.LastIndexOf('/') + 1)..].Split('.')[0]);
        }
    }

    private static string Or(string text, string otherwise) => text.Length > 0 ? text : otherwise;
}
