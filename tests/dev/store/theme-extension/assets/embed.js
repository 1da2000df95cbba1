document.documentElement.dataset.embed = "on";
